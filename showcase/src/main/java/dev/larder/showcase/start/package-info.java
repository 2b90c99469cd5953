/**
 * Getting started: where the servers are, and telling people what is wrong when they are not.
 *
 * <p>{@link dev.larder.showcase.start.DatabaseAddress} and {@link
 * dev.larder.showcase.start.RedisAddress} read the environment; {@link
 * dev.larder.showcase.start.StartFailure} is what a person sees when a value is wrong; {@link
 * dev.larder.showcase.start.Announcer} tells a program that started this one how far it is.
 */
@NullMarked
package dev.larder.showcase.start;

import org.jspecify.annotations.NullMarked;
