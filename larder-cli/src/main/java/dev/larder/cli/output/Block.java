package dev.larder.cli.output;

import java.util.List;

/** Something that people read: a line or a table. */
public sealed interface Block permits Line, Table {

  /** Its lines as a terminal is to get them; text of others in them is made visible. */
  List<String> lines(boolean isColoured);
}
