/**
 * Tiers below the process: slots that hold entries or placeholders, changed by compare-and-set only.
 *
 * <p>Read {@link dev.larder.tier.Slot} first, then {@link dev.larder.tier.Tier}, then
 * {@link dev.larder.tier.Store}, which joins a tier with the log that its entries are judged by.
 */
@NullMarked
package dev.larder.tier;

import org.jspecify.annotations.NullMarked;
