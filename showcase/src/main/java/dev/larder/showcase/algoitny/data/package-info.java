/** Invents the data set: {@link dev.larder.showcase.algoitny.data.DataSet} says how much of what. */
@NullMarked
package dev.larder.showcase.algoitny.data;

import org.jspecify.annotations.NullMarked;
