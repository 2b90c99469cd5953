/**
 * The web console: read {@link dev.larder.console.ConsoleServlet}, which is mounted in an application,
 * and {@link dev.larder.console.ConsoleSettings}, which say who may use it.
 */
@NullMarked
package dev.larder.console;

import org.jspecify.annotations.NullMarked;
