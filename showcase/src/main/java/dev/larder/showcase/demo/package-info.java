/**
 * The demo: real servers, the showcase on them, and the scoreboard, started by one command.
 *
 * <p>{@link dev.larder.showcase.demo.DemoMain} is the program that {@code larder demo} runs. {@link
 * dev.larder.showcase.demo.DemoServers} has the servers, {@link
 * dev.larder.showcase.demo.ShowcaseProcess} the application, a process of its own so that the
 * scoreboard can start it cold.
 *
 * <p>Nothing outlives its starter: each process ends when its standard input does, which also
 * happens when the starter is killed.
 */
@NullMarked
package dev.larder.showcase.demo;

import org.jspecify.annotations.NullMarked;
