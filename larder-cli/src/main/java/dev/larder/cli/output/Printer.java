package dev.larder.cli.output;

import java.io.PrintWriter;

/** Writes answers in one format. Not safe for many threads. */
public final class Printer {

  private final PrintWriter out;
  private final Format format;
  private final boolean isColoured;
  private int printed;

  /** For one stream. */
  public Printer(PrintWriter out, Format format, boolean isColoured) {
    this.out = out;
    this.format = format;
    this.isColoured = isColoured;
  }

  /** How it writes. */
  public Format format() {
    return format;
  }

  /** Whether people read it. */
  public boolean isForPeople() {
    return format == Format.TABLE;
  }

  /** Whether it paints. */
  public boolean isColoured() {
    return isColoured;
  }

  /** Writes an answer; one after another where there are more. */
  public void print(Answer answer) {
    switch (format) {
      case TABLE -> answer.lines(isColoured).forEach(out::println);
      case JSON -> out.println(Documents.json(answer));
      case NDJSON -> Documents.ndjson(answer).forEach(out::println);
      case YAML -> {
        // The mapper begins each document with the mark that parts it from the one before.
        out.println(Documents.yaml(answer));
      }
      case CSV -> {
        String rows = Documents.csv(answer, printed == 0);
        if (!rows.isEmpty()) {
          out.println(rows);
        }
      }
    }
    printed++;
    out.flush();
  }

  /** Writes a part of an answer that never ends: what would be one object is a line of its own. */
  public void printPart(Answer part) {
    if (format == Format.JSON) {
      Documents.ndjson(part).forEach(out::println);
      out.flush();
    } else {
      print(part);
    }
  }

  /** Writes text as it is. */
  public void raw(String text) {
    out.println(text);
    out.flush();
  }

  /** Whether the reader has gone, as {@code head} goes. */
  public boolean isBroken() {
    return out.checkError();
  }
}
