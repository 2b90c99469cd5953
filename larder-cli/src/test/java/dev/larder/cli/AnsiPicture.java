package dev.larder.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal's screen as SVG text that follows the reader's light or dark scheme. */
final class AnsiPicture {

  private static final double WIDTH = 7.85;
  private static final int LINE = 18;
  private static final int MARGIN = 14;
  private static final Pattern CODE = Pattern.compile("\u001b\\[([0-9;]*)m");

  private static final String STYLE = """
      svg{color-scheme:light dark}
      rect{fill:#fbfbfa;stroke:#d5d3cf}
      text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#24292f;white-space:pre}
      .b{font-weight:700}.f{fill:#57606a}.r{fill:#b3261e}.g{fill:#1a6b34}.y{fill:#7a5200}
      @media(prefers-color-scheme:dark){rect{fill:#16191d;stroke:#363c44}text{fill:#e6e8eb}
      .f{fill:#9aa4af}.r{fill:#ff8a80}.g{fill:#7ee2a0}.y{fill:#f0c674}}
      """;

  private AnsiPicture() {}

  /**
   * The picture.
   *
   * @param title for those who do not see it
   * @param lines as {@code tmux capture-pane -e} prints them: text and SGR codes
   */
  static String of(String title, List<String> lines) {
    int columns = lines.stream()
        .mapToInt(it -> CODE.matcher(it).replaceAll("").length())
        .max()
        .orElse(0);
    long width = Math.round(columns * WIDTH) + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    StringBuilder svg = new StringBuilder(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\">%n<title>%s</title>%n<style>%n%s</style>%n"
            + "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n",
        width,
        height,
        width,
        height,
        escaped(title),
        STYLE,
        width - 1,
        height - 1));
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        svg.append(String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\">%s</text>%n",
            MARGIN,
            MARGIN + i * LINE + 13,
            spans(lines.get(i))));
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static String spans(String line) {
    StringBuilder spans = new StringBuilder();
    Matcher codes = CODE.matcher(line);
    String style = "";
    int from = 0;
    while (codes.find()) {
      append(spans, line.substring(from, codes.start()), style);
      from = codes.end();
      for (String code : codes.group(1).split(";", -1)) {
        style = switch (code) {
          case "1" -> style + " b";
          case "2" -> style + " f";
          case "31" -> style + " r";
          case "32" -> style + " g";
          case "33" -> style + " y";
          case "", "0" -> "";
          default -> style;
        };
      }
    }
    append(spans, line.substring(from), style);
    return spans.toString();
  }

  private static void append(StringBuilder spans, String text, String style) {
    if (text.isEmpty()) {
      return;
    }
    spans.append(
        style.isEmpty()
            ? escaped(text)
            : "<tspan class=\"" + style.strip() + "\">" + escaped(text) + "</tspan>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
