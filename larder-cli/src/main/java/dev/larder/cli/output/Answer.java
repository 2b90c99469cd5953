package dev.larder.cli.output;

import java.util.Collection;
import java.util.List;

/**
 * What a command found out, for people and for programs.
 *
 * @param name what programs find it under
 * @param content a record, or a collection of them
 * @param rows the same as rows, for CSV
 * @param shown the same for people
 */
public record Answer(String name, Object content, Table rows, List<Block> shown) {

  /** Copies. */
  public Answer {
    shown = List.copyOf(shown);
  }

  /** An answer that is a table for people too. */
  public static Answer of(String name, Object content, Table rows) {
    return new Answer(name, content, rows, List.of(rows));
  }

  /** The same with other lines for people. */
  public Answer shownAs(List<? extends Block> blocks) {
    return new Answer(name, content, rows, List.copyOf(blocks));
  }

  /** The parts of the content, each of which is a line of its own in NDJSON. */
  Collection<?> items() {
    return content instanceof Collection<?> all ? all : List.of(content);
  }

  /** The lines for people. */
  public List<String> lines(boolean isColoured) {
    return shown.stream().flatMap(it -> it.lines(isColoured).stream()).toList();
  }
}
