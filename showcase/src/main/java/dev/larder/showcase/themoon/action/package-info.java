/**
 * What people do: follow, post, comment, react. Each is one transaction, and its invalidations are rows
 * of it.
 */
@NullMarked
package dev.larder.showcase.themoon.action;

import org.jspecify.annotations.NullMarked;
