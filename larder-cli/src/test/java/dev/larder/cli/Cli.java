package dev.larder.cli;

import dev.larder.cli.base.Surroundings;
import dev.larder.cli.connect.Connection;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command as a test runs it: within this process, in surroundings of its own. */
public final class Cli {

  public final Map<String, String> environment = new HashMap<>();
  public Path folder = Path.of("/nonexistent");
  public String in = "";
  public boolean isTerminal;
  public Connection.Opening opening;
  public String out = "";
  public String err = "";

  /** One that asks this management. */
  public static Cli of(FakeManagement management) {
    Cli cli = new Cli(target -> new Connection(management, () -> {}, List.of()));
    cli.environment.put("LARDER_URL", "http://localhost:1/larder");
    return cli;
  }

  /** One that opens targets so. */
  public Cli(Connection.Opening opening) {
    this.opening = opening;
  }

  /** Runs to the end. */
  public int run(String... arguments) {
    StringWriter gotOut = new StringWriter();
    StringWriter gotErr = new StringWriter();
    int status = LarderCommand.commandLine(new Surroundings(
            environment,
            folder,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            isTerminal,
            opening))
        .setOut(new PrintWriter(gotOut, true))
        .setErr(new PrintWriter(gotErr, true))
        .execute(arguments);
    out = gotOut.toString();
    err = gotErr.toString();
    return status;
  }
}
