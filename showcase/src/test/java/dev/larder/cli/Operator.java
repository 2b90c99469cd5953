package dev.larder.cli;

import dev.larder.cli.base.Surroundings;
import dev.larder.cli.connect.Connection;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who types {@code larder} commands, which run within this process as they do in a shell: no
 * terminal, no files, and these variables alone. Of this package since no other can make the command.
 *
 * @param environment variables
 */
public record Operator(Map<String, String> environment) {

  /** What a command did. */
  public record Ran(int status, String out, String err) {

    /** What was printed with {@code -o json}. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }

    /** All that was said, for messages of tests. */
    @Override
    public String toString() {
      return "exit " + status + "\n" + out + err;
    }
  }

  /** The same with another variable. */
  public Operator with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Operator(more);
  }

  /** Runs to the end; the words are parted by spaces. */
  public Ran runs(String line) {
    return answers(line, "");
  }

  /** Runs to the end at a terminal, where this is typed. */
  public Ran answers(String line, String typed) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = LarderCommand.commandLine(new Surroundings(
            environment,
            Path.of("/nonexistent"),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            !typed.isEmpty(),
            Connection::open))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.split(" "));
    return new Ran(status, out.toString(), err.toString());
  }
}
