package dev.larder.cli.check;

import dev.larder.cli.base.Times;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Table;
import dev.larder.manage.Simulation;
import dev.larder.stats.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings to simulate, as they were typed, and what comes of them as a table. */
final class Simulated {

  private static final String TTL = "ttl";
  private static final String SIZE = "size";

  private final @Nullable String ttlText;
  private final @Nullable Duration ttl;
  private final @Nullable Long size;

  private Simulated(@Nullable String ttlText, @Nullable Duration ttl, @Nullable Long size) {
    this.ttlText = ttlText;
    this.ttl = ttl;
    this.size = size;
  }

  /**
   * Reads {@code ttl=1m,size=5000}.
   *
   * @throws Fault if it is something else
   */
  static Simulated parse(String text) {
    String ttl = null;
    Long size = null;
    for (String part : text.split(",", -1)) {
      String[] setting = part.strip().split("=", 2);
      if (setting.length != 2 || !(setting[0].equals(TTL) || setting[0].equals(SIZE))) {
        throw Fault.usage(
            "--simulate is " + text + ", must be ttl=TIME, size=ENTRIES or both",
            "for example ttl=1m,size=5000");
      }
      if (setting[0].equals(TTL)) {
        ttl = setting[1];
      } else {
        size = entries(setting[1]);
      }
    }
    return new Simulated(ttl, ttl == null ? null : Times.parse("--simulate ttl", ttl), size);
  }

  private static long entries(String text) {
    try {
      long entries = Long.parseLong(text);
      if (entries >= 1) {
        return entries;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    throw Fault.usage(
        "--simulate size is " + text + ", must be 1 or more entries", "for example size=5000");
  }

  @Nullable Duration ttl() {
    return ttl;
  }

  @Nullable Long l1MaxEntries() {
    return size;
  }

  /** The same as settings of a cache in the application's configuration. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (ttlText != null) {
      settings.put("ttl", ttlText);
    }
    if (size != null) {
      settings.put("l1-max-entries", size.toString());
    }
    return settings;
  }

  /** Now and then, side by side. */
  Answer answer(Simulation found) {
    Table table = new Table().text("figure", "").number("now", "NOW").number("then", "THEN");
    row(table, found, "ttl", it -> Cell.number(Figures.millis(it.ttlMillis()), it.ttlMillis()));
    if (found.now().l1MaxEntries() > 0) {
      row(
          table,
          found,
          "entries in L1, at most",
          it -> Cell.number(Figures.count(it.l1MaxEntries()), it.l1MaxEntries()));
    }
    row(table, found, "hit rate", it -> Cell.number(Percent.of(it.hitRate()), it.hitRate()));
    row(
        table,
        found,
        "hit rate of L1",
        it -> Cell.number(Percent.of(it.l1HitRate()), it.l1HitRate()));
    row(table, found, "entries kept", it -> Cell.number(Figures.count(it.entries()), it.entries()));
    if (found.now().bytes() >= 0) {
      row(table, found, "bytes kept", it -> Cell.number(Figures.bytes(it.bytes()), it.bytes()));
    }
    Line rests = Line.of("of "
        + Figures.counted(found.sampledReads(), "sampled read", "sampled reads") + ", "
        + Percent.of(found.sampledShare()) + " of keys, in "
        + Figures.millis(found.windowMillis()) + ", on "
        + Figures.counted(found.nodes(), "node", "nodes") + "; a replay of what holds now comes to "
        + Percent.of(found.replayedHitRate()));
    return Answer.of("simulation", found, table).shownAs(List.of(table, rests));
  }

  private static void row(
      Table table, Simulation found, String name, Function<Simulation.Figures, Cell> cell) {
    table.row(Cell.of(name), cell.apply(found.now()), cell.apply(found.then()));
  }
}
