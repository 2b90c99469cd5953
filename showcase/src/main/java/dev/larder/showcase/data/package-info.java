/**
 * Invented data for the systems: {@link dev.larder.showcase.data.SchemaLoad} makes a schema hold a
 * data set, {@link dev.larder.showcase.data.CopyStream} writes its rows, and {@link
 * dev.larder.showcase.data.Zipf} decides who has much and who has little.
 */
@NullMarked
package dev.larder.showcase.data;

import org.jspecify.annotations.NullMarked;
