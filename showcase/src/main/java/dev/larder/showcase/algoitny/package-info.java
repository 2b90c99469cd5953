/**
 * AlgoItny: coding problems of several platforms, their test cases, and what people tried.
 *
 * <p>Read {@code cache} first: which answers are kept and how long. {@code domain} holds the entities,
 * each with the tags that a save or delete of it ends; nothing else invalidates, but for an
 * administrator by hand. {@code source} asks the database, {@code action} changes it.
 */
@NullMarked
package dev.larder.showcase.algoitny;

import org.jspecify.annotations.NullMarked;
