package dev.larder.cli.look;

import dev.larder.cli.output.Block;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.manage.Concern;
import dev.larder.manage.Overview;
import dev.larder.manage.Trouble;
import dev.larder.stats.TierStats;
import java.util.ArrayList;
import java.util.List;

/** What is wrong at a moment, as lines. */
final class Troubles {

  private static final int MOST_CONCERNS = 8;

  private Troubles() {}

  /** The verdict, a line for each thing that is wrong, and what people notice of it. */
  static List<Block> lines(List<Trouble> troubles, long now) {
    if (troubles.isEmpty()) {
      return List.of(Line.of("All is well.", Style.GOOD));
    }
    List<Block> lines = new ArrayList<>();
    lines.add(
        Line.of(Figures.counted(troubles.size(), "thing is", "things are") + " wrong:", Style.BAD));
    for (Trouble trouble : troubles) {
      long since = trouble.sinceMillis();
      lines.add(Line.of("  ! ", Style.BAD)
          .and(trouble.what(), Style.PLAIN)
          .and(
              since == 0
                  ? ""
                  : ", since " + Figures.time(since, now) + " ("
                      + Figures.millis(Math.max(0, now - since)) + ")",
              Style.PLAIN));
    }
    List<String> effects = troubles.stream()
        .map(Trouble::effect)
        .filter(it -> !it.isEmpty())
        .distinct()
        .toList();
    if (!effects.isEmpty()) {
      lines.add(Line.of("What it means for answers:", Style.BOLD));
      effects.forEach(it -> lines.add(Line.of("  - " + it, Style.PLAIN)));
    }
    return lines;
  }

  /** What works and could do better; nothing where all does. */
  static List<Block> concerns(List<Concern> concerns, long now) {
    List<Block> lines = new ArrayList<>();
    if (!concerns.isEmpty()) {
      lines.add(Line.of("Worth a look, since the nodes started:", Style.BOLD));
    }
    for (Concern concern : concerns.subList(0, Math.min(concerns.size(), MOST_CONCERNS))) {
      lines.add(Line.of("  ? ", Style.WARNING)
          .and(concern.cache().isEmpty() ? "" : concern.cache() + ": ", Style.BOLD)
          .and(concern.what(), Style.PLAIN)
          .and(
              concern.atMillis() == 0 ? "" : " at " + Figures.time(concern.atMillis(), now),
              Style.PLAIN));
    }
    if (concerns.size() > MOST_CONCERNS) {
      lines.add(Line.of(
          "    and " + Figures.count(concerns.size() - MOST_CONCERNS)
              + " more; larder stats has all",
          Style.FAINT));
    }
    return lines;
  }

  /** Tiers that a node gets no answer from: "L2 (redis)". */
  static List<String> silentTiers(Overview overview) {
    return overview.nodes().stream()
        .flatMap(node -> node.tiers().stream())
        .filter(TierStats::isDegraded)
        .map(tier -> tier.tier() + " (" + tier.store() + ")")
        .distinct()
        .toList();
  }
}
