/**
 * The scoreboard: the same requests to Halfnote without and with Larder, measured from outside.
 *
 * <p>{@link dev.larder.showcase.scoreboard.Measuring} does the work and gives a {@link
 * dev.larder.showcase.scoreboard.Scoreboard}, which {@link
 * dev.larder.showcase.scoreboard.ScoreboardTable} shows to people and {@link
 * dev.larder.showcase.scoreboard.ScoreboardJson} to programs.
 */
@NullMarked
package dev.larder.showcase.scoreboard;

import org.jspecify.annotations.NullMarked;
