package dev.larder.showcase.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code larder demo} was asked for. The command has checked it already; this only reads what
 * it hands over.
 *
 * @param folder where the demo keeps its data
 * @param showcase the jar of the showcase
 * @param scale size of the data set, 0.001 to 10
 * @param catalogue a file of albums, null for invented ones
 * @param racing a file of drivers and results, null for none
 * @param port 1 to 65535; 0 for the first free one from 8080
 * @param redis false to run on the database tier alone
 * @param fresh whether to drop the data first
 * @param report whether to measure and end
 * @param json whether the report is JSON
 * @param latencyMillis with a report: what every round trip to an embedded server takes longer
 * @param terminal whether people watch standard error
 */
record DemoOptions(
    Path folder,
    Path showcase,
    String scale,
    @Nullable Path catalogue,
    @Nullable Path racing,
    int port,
    boolean redis,
    boolean fresh,
    boolean report,
    boolean json,
    double latencyMillis,
    boolean terminal) {

  private static final double USUAL_LATENCY_MILLIS = 0.5;

  /**
   * Reads {@code --name=value} and {@code --name}.
   *
   * @throws DemoFailure if one is unknown, or folder or jar are missing
   */
  static DemoOptions parse(String... arguments) {
    Path folder = null;
    Path showcase = null;
    String scale = "1";
    Path catalogue = null;
    Path racing = null;
    int port = 0;
    boolean redis = true;
    boolean fresh = false;
    boolean report = false;
    boolean json = false;
    double latencyMillis = USUAL_LATENCY_MILLIS;
    boolean terminal = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = argument.substring(equals + 1);
      switch (name) {
        case "--folder" -> folder = Path.of(value).toAbsolutePath();
        case "--showcase" -> showcase = Path.of(value).toAbsolutePath();
        case "--scale" -> scale = value;
        case "--catalogue" -> catalogue = Path.of(value).toAbsolutePath();
        case "--racing" -> racing = Path.of(value).toAbsolutePath();
        case "--port" -> port = Integer.parseInt(value);
        case "--no-redis" -> redis = false;
        case "--fresh" -> fresh = true;
        case "--report" -> report = true;
        case "--json" -> json = true;
        case "--latency" -> latencyMillis = Double.parseDouble(value);
        case "--terminal" -> terminal = true;
        default ->
          throw new DemoFailure(DemoFailure.USAGE, "The demo has no option " + name + ".", null);
      }
    }
    if (folder == null || showcase == null) {
      throw new DemoFailure(
          DemoFailure.USAGE, "Start the demo by ./larder demo: it names folder and jar.", null);
    }
    return new DemoOptions(
        folder,
        showcase,
        scale,
        catalogue,
        racing,
        port,
        redis,
        fresh,
        report,
        json,
        latencyMillis,
        terminal);
  }
}
