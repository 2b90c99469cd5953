package dev.larder.cli;

import dev.larder.cli.base.LarderVersion;
import dev.larder.cli.exit.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code larder demo}: reads the options and runs the showcase's launcher with them.
 *
 * <p>Launcher and showcase have libraries that have no place on this command's class path, so they
 * are processes of their own; the terminal is shared, and the launcher's exit status is this
 * command's.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Starts the showcase on real servers and prints its addresses.",
    description = {
      "",
      "Starts a PostgreSQL and a Redis of its own on loopback, fills the database with made-up but"
          + " always equal data, and starts the showcase. Ctrl-C stops all of it. The data stays in"
          + " .larder/demo for the next start.",
      ""
    },
    optionListHeading = "Options:%n",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  DATABASE_URL           A PostgreSQL to use in place of the embedded one:",
      "                         postgres://user:password@host:5432/name. The demo creates the",
      "                         schemas it needs in it; --fresh does not touch it.",
      "  REDIS_URL, VALKEY_URL  A Redis or Valkey to use in place of the embedded one:",
      "                         redis://user:password@host:6379/0, or rediss:// for TLS.",
      "",
      "Exit codes: 0 all well, 1 an error, 2 wrong usage, 3 something is not built,",
      "4 a server named by the environment is out of reach."
    })
final class DemoCommand implements Callable<Integer> {

  /** The system property with the path of the showcase's runnable jar; {@code ./larder} sets it. */
  static final String SHOWCASE_JAR = "larder.showcase.jar";

  /** The system property with the folder of the project; {@code ./larder} sets it. */
  static final String HOME = "larder.home";

  private static final BigDecimal LEAST_SCALE = new BigDecimal("0.001");
  private static final BigDecimal GREATEST_SCALE = BigDecimal.TEN;
  private static final int GREATEST_PORT = 65_535;
  private static final BigDecimal GREATEST_LATENCY = BigDecimal.valueOf(50);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Size of the data set, 0.001 to 10. Default 1: for Halfnote 20,000 users,"
          + " 5,000 albums, 200,000 reviews, 400,000 follows, 1,000,000 activities; for the others"
          + " as their pages in docs say.")
  private String scale = "1";

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "A JSON file of albums to use in place of invented ones.")
  private @Nullable Path catalogue;

  @Option(
      names = "--racing",
      paramLabel = "FILE",
      description = "A JSON file of drivers, circuits and results for SimLane, in place of none.")
  private @Nullable Path racing;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where the showcase listens on loopback, 1 to 65535. Default: 8080, or the next"
          + " free one.")
  private @Nullable String port;

  @Option(
      names = "--no-redis",
      description = "Runs on the database tier alone, whatever the environment says.")
  private boolean noRedis;

  @Option(names = "--fresh", description = "Drops the data in .larder/demo first.")
  private boolean fresh;

  @Option(
      names = "--report",
      description =
          "Measures the systems without and with Larder, prints tables and ends. Takes some"
              + " ten minutes.")
  private boolean report;

  @Option(names = "--json", description = "With --report: prints JSON for programs, not a table.")
  private boolean json;

  @Option(
      names = "--latency",
      paramLabel = "MILLIS",
      description =
          "With --report: every round trip to the servers that the demo started takes so much"
              + " longer, as over a network; 0 to 50. Default: 0.5.")
  private @Nullable String latency;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> options = checkedOptions();
    String jar = System.getProperty(SHOWCASE_JAR, "");
    Path classPath = Path.of(jar).resolveSibling("demo.classpath");
    if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar)) || !Files.isRegularFile(classPath)) {
      spec.commandLine()
          .getErr()
          .printf(
              "larder demo: the showcase is not built: '%s' or demo.classpath beside it is missing.%n"
                  + "Start the demo by ./larder demo, which builds it, or name the jar with -D%s=FILE.%n",
              jar, SHOWCASE_JAR);
      return ExitCode.MISSING.status();
    }
    options.add("--folder=" + Path.of(System.getProperty(HOME, "."), ".larder", "demo"));
    options.add("--showcase=" + jar);
    return Launcher.run(Path.of(jar), classPath, options);
  }

  /**
   * The options for the launcher.
   *
   * @throws ParameterException naming an option with a value that it cannot have
   */
  private List<String> checkedOptions() {
    List<String> options = new ArrayList<>();
    options.add("--scale=" + checkedScale());
    if (port != null) {
      options.add("--port=" + checkedPort(port));
    }
    addFile(options, "--catalogue", catalogue);
    addFile(options, "--racing", racing);
    if (json && !report) {
      throw wrong("--json goes with --report only");
    }
    if (latency != null) {
      if (!report) {
        throw wrong("--latency goes with --report only");
      }
      options.add("--latency=" + checkedLatency(latency));
    }
    add(options, noRedis, "--no-redis");
    add(options, fresh, "--fresh");
    add(options, report, "--report");
    add(options, json, "--json");
    return options;
  }

  private String checkedScale() {
    try {
      BigDecimal factor = new BigDecimal(scale);
      if (factor.compareTo(LEAST_SCALE) >= 0 && factor.compareTo(GREATEST_SCALE) <= 0) {
        return factor.stripTrailingZeros().toPlainString();
      }
    } catch (NumberFormatException e) {
      // told below, with the range
    }
    throw wrong(
        "--scale is " + scale + ", must be a number from " + LEAST_SCALE + " to " + GREATEST_SCALE);
  }

  private int checkedPort(String value) {
    if (value.matches("\\d{1,5}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= GREATEST_PORT) {
        return number;
      }
    }
    throw wrong("--port is " + value + ", must be a number from 1 to " + GREATEST_PORT);
  }

  private String checkedLatency(String value) {
    try {
      BigDecimal millis = new BigDecimal(value);
      if (millis.signum() >= 0 && millis.compareTo(GREATEST_LATENCY) <= 0) {
        return millis.stripTrailingZeros().toPlainString();
      }
    } catch (NumberFormatException e) {
      // told below, with the range
    }
    throw wrong("--latency is " + value + ", must be a number of milliseconds from 0 to "
        + GREATEST_LATENCY);
  }

  private void addFile(List<String> options, String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong(option + " is " + file + ", must be a file that can be read");
    }
    options.add(option + "=" + file.toAbsolutePath());
  }

  private ParameterException wrong(String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }

  private static void add(List<String> options, boolean wanted, String option) {
    if (wanted) {
      options.add(option);
    }
  }
}
