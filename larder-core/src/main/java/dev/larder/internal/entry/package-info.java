/** Entries as they are kept: sealed bytes for the tiers below, objects for L1. */
@NullMarked
package dev.larder.internal.entry;

import org.jspecify.annotations.NullMarked;
