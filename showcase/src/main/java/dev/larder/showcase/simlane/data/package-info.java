/**
 * The data set: how much of it there is ({@link dev.larder.showcase.simlane.data.DataSet}), what is
 * invented ({@link dev.larder.showcase.simlane.data.Invented}) and what a file brings ({@link
 * dev.larder.showcase.simlane.data.RacingFile}).
 */
@NullMarked
package dev.larder.showcase.simlane.data;

import org.jspecify.annotations.NullMarked;
