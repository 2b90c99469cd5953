/**
 * Halfnote's data set: invented, Zipf-shaped, the same for the same scale, seed and catalogue.
 *
 * <p>{@link dev.larder.showcase.halfnote.data.DataSet} says what is wanted, {@link
 * dev.larder.showcase.halfnote.data.DataSetLoader} makes it so, and {@link
 * dev.larder.showcase.halfnote.data.History} invents two years of what people did.
 */
@NullMarked
package dev.larder.showcase.halfnote.data;

import org.jspecify.annotations.NullMarked;
