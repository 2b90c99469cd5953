package dev.larder.cli.check;

import dev.larder.cli.connect.OpenStore;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Block;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was found out about a thing of a store.
 *
 * @param store its name
 * @param place its address, without secrets
 * @param subject the thing
 * @param level how bad it is
 * @param found what was seen
 * @param mend what to do about it; empty if nothing
 */
record Examined(
    String store, String place, String subject, Level level, String found, String mend) {

  /** The subject of a store that does not answer. */
  static final String CONNECTION = "connection";

  static Examined of(OpenStore store, Finding finding) {
    return new Examined(
        store.store().name(),
        store.place(),
        finding.subject(),
        finding.level(),
        finding.found(),
        finding.mend());
  }

  boolean isSilent() {
    return subject.equals(CONNECTION) && level == Level.FAULT;
  }

  static Answer answer(List<Examined> all) {
    Table table = new Table()
        .text("store", "STORE")
        .text("place", "PLACE")
        .text("subject", "SUBJECT")
        .text("level", "LEVEL")
        .text("found", "FOUND")
        .text("mend", "MEND");
    List<Block> blocks = new ArrayList<>();
    String place = "";
    for (Examined it : all) {
      table.row(
          Cell.of(it.store()),
          Cell.of(it.place()),
          Cell.of(it.subject()),
          new Cell(it.level().name(), it.level(), Style.PLAIN),
          Cell.of(it.found()),
          Cell.of(it.mend()));
      if (!it.place().equals(place)) {
        place = it.place();
        blocks.add(Line.of(it.store() + " at " + place, Style.BOLD));
      }
      blocks.add(Line.of(String.format(Locale.ROOT, "  %-8s", word(it.level())), style(it.level()))
          .and(String.format(Locale.ROOT, "%-12s ", it.subject()), Style.PLAIN)
          .and(it.found(), Style.PLAIN));
      if (!it.mend().isEmpty()) {
        blocks.add(Line.of(" ".repeat(23) + "→ " + it.mend()));
      }
    }
    return Answer.of("findings", all, table).shownAs(blocks);
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static Style style(Level level) {
    return switch (level) {
      case OK -> Style.GOOD;
      case NOTE -> Style.PLAIN;
      case WARNING -> Style.WARNING;
      case FAULT -> Style.BAD;
    };
  }
}
