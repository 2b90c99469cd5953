package dev.larder.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings. Columns of numbers stand right. Not safe for many threads. */
public final class Table implements Block {

  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param name for programs
   * @param heading for people
   * @param isRight whether it holds numbers
   */
  public record Column(String name, String heading, boolean isRight) {}

  /** A column of text. */
  public Table text(String name, String heading) {
    columns.add(new Column(name, heading, false));
    return this;
  }

  /** A column of numbers. */
  public Table number(String name, String heading) {
    columns.add(new Column(name, heading, true));
    return this;
  }

  /** A row; one cell per column. */
  public Table row(Cell... cells) {
    return row(List.of(cells));
  }

  /** A row; one cell per column. */
  public Table row(List<Cell> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The columns. */
  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** The rows. */
  public List<List<Cell>> rows() {
    return List.copyOf(rows);
  }

  @Override
  public List<String> lines(boolean isColoured) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(columns.get(i).heading());
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], width(VisibleText.of(row.get(i).shown())));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(
        columns.stream().map(it -> Cell.of(it.heading(), Style.BOLD)).toList(),
        widths,
        isColoured));
    rows.forEach(row -> lines.add(line(row, widths, isColoured)));
    return lines;
  }

  private String line(List<Cell> cells, int[] widths, boolean isColoured) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = VisibleText.of(cells.get(i).shown());
      String painted = cells.get(i).style().paint(text, isColoured);
      String fill = " ".repeat(widths[i] - width(text));
      boolean isLast = i == widths.length - 1;
      line.append(i == 0 ? "" : GAP);
      if (columns.get(i).isRight()) {
        line.append(fill).append(painted);
      } else {
        line.append(painted).append(isLast ? "" : fill);
      }
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
