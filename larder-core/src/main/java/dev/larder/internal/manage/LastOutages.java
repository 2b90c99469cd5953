package dev.larder.internal.manage;

import dev.larder.stats.TierStats;
import dev.larder.stats.TierStats.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The outage of each tier that is told of now: the one that lasts, else of several the longest.
 *
 * @param tiers how they did
 * @param atMillis when that was
 */
record LastOutages(List<TierStats> tiers, long atMillis) {

  static final LastOutages NONE = new LastOutages(List.of(), 0);

  /** {@code L2 (redis) skipped for 43 s} for each tier that was, between two times. */
  List<String> during(long fromMillis, long toMillis) {
    List<String> texts = new ArrayList<>();
    for (TierStats tier : tiers) {
      Outage outage = tier.outage();
      if (outage == null) {
        continue;
      }
      Duration ended = outage.endedAgo();
      long began = atMillis - outage.beganAgo().toMillis();
      long end = ended == null ? toMillis : Math.min(toMillis, atMillis - ended.toMillis());
      long within = end - Math.max(fromMillis, began);
      if (within > 0) {
        texts.add(String.format(
            Locale.ROOT,
            "%s (%s) skipped for %d s",
            tier.tier(),
            tier.store(),
            Math.max(1, Math.round(within / 1_000.0))));
      }
    }
    return texts;
  }
}
