package dev.larder.cli.follow;

import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Figures;
import dev.larder.cli.output.Line;
import dev.larder.cli.output.Style;
import dev.larder.cli.output.Table;
import dev.larder.manage.Event;
import java.util.Locale;

/** Events as lines and rows. */
public final class EventTable {

  private EventTable() {}

  /** An event for people. */
  public static Line line(String indent, Event event, long now) {
    StringBuilder rest = new StringBuilder();
    if (!event.cache().isEmpty() && !event.subject().startsWith(event.cache())) {
      rest.append(event.cache()).append("  ");
    }
    rest.append(event.subject());
    if (event.nanos() > 0) {
      rest.append("  ").append(Figures.nanos(event.nanos()));
    }
    if (event.count() > 1) {
      rest.append("  ×").append(event.count());
    }
    if (!event.text().isEmpty()) {
      rest.append("  ").append(event.text());
    }
    return Line.of(indent + Figures.time(event.atMillis(), now) + "  ", Style.FAINT)
        .and(String.format(Locale.ROOT, "%-12s", name(event.kind())), style(event.kind()))
        .and("  " + event.node() + "  ", Style.FAINT)
        .and(rest.toString(), Style.PLAIN);
  }

  /** An empty table for events. */
  static Table table() {
    return new Table()
        .number("id", "ID")
        .text("node", "NODE")
        .number("atMillis", "AT")
        .text("kind", "KIND")
        .text("cache", "CACHE")
        .text("subject", "SUBJECT")
        .text("text", "TEXT")
        .number("nanos", "TOOK")
        .number("count", "COUNT");
  }

  static void add(Table table, Event event) {
    table.row(
        Cell.number(Long.toString(event.id()), event.id()),
        Cell.of(event.node()),
        Cell.number(Long.toString(event.atMillis()), event.atMillis()),
        Cell.of(name(event.kind())),
        Cell.of(event.cache()),
        Cell.of(event.subject()),
        Cell.of(event.text()),
        Cell.number(Figures.nanos(event.nanos()), event.nanos()),
        Cell.count(event.count()));
  }

  /** The kind as options have it. */
  static String name(Event.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Style style(Event.Kind kind) {
    return switch (kind) {
      case LOAD_FAILED, STALE_FOUND -> Style.BAD;
      case CIRCUIT, LINK, SWITCH, REFUSED -> Style.WARNING;
      default -> Style.PLAIN;
    };
  }
}
