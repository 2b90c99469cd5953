package dev.larder.showcase.demo;

import dev.larder.showcase.ShowcaseSystems;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.CatalogueFile;
import dev.larder.showcase.halfnote.catalogue.CatalogueFileException;
import dev.larder.showcase.halfnote.catalogue.GeneratedCatalogue;
import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.scoreboard.Measuring;
import dev.larder.showcase.scoreboard.Scoreboard;
import dev.larder.showcase.scoreboard.ScoreboardJson;
import dev.larder.showcase.scoreboard.ScoreboardTable;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.scoreboard.SubjectBoard;
import dev.larder.showcase.scoreboard.SubjectMeasuring;
import dev.larder.showcase.scoreboard.SubjectTable;
import dev.larder.showcase.simlane.data.RacingFile;
import dev.larder.showcase.simlane.data.RacingFileException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The program behind {@code larder demo}: starts the servers and the showcase, and either measures
 * or waits; ends with its standard input.
 *
 * <p>Standard output has the addresses or the report, standard error everything on the way there.
 */
public final class DemoMain {
  // The words of searches are drawn from invented albums, whichever these are.
  private static final long SEED = 20250630;

  private final DemoOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean stopped;

  private DemoMain(DemoOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Runs the demo; exits with 0, 1 for a failure, 2 for wrong usage, 4 for a server out of reach. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = 0;
    try {
      DemoMain demo = new DemoMain(DemoOptions.parse(arguments), out, err);
      StandardInput.onEnd(() -> {
        err.println("Stopping ...");
        demo.stop();
        // A server that was being started meanwhile ends with this process.
        System.exit(0);
      });
      try {
        demo.run();
      } finally {
        demo.stop();
      }
    } catch (DemoFailure e) {
      err.println("larder demo: " + e.getMessage());
      status = e.status();
    } catch (RuntimeException | InterruptedException e) {
      err.println("larder demo: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
      status = DemoFailure.FAILED;
    }
    System.exit(status);
  }

  private void run() throws InterruptedException {
    DemoFolder folder = started(() -> DemoFolder.take(options.folder()));
    // A file that is no catalogue is told before anything is started or dropped.
    Catalogue catalogue = catalogue();
    checkRacing();
    int port = Ports.choose(options.port());
    err.println("Starting the servers ...");
    DemoServers servers = started(() -> new DemoServers(err));
    servers.start(System.getenv(), folder, options);
    err.println("Starting the showcase (its log is " + folder.log() + ") ...");
    ProgressLine progress = new ProgressLine(err, options.terminal());
    Function<Set<ShowcaseSystems>, RunningShowcase> start =
        systems -> started(() -> new RunningShowcase(
            () -> ShowcaseProcess.start(options, servers, folder.log(), port, progress, systems)));
    if (options.report()) {
      report(start, servers, catalogue, progress);
      return;
    }
    RunningShowcase showcase = start.apply(EnumSet.allOf(ShowcaseSystems.class));
    String url = showcase.url();
    servers.settle();
    out.println();
    out.println("Showcase    " + url + "/");
    for (ShowcaseSystems system : ShowcaseSystems.values()) {
      out.printf("%-11s %s/%s%n", system.title(), url, system.word());
    }
    String word = ShowcaseSystems.HALFNOTE.word();
    out.println();
    out.println(
        "The console of each is at larder/ below it, as in " + url + "/" + word + "/larder/");
    out.println("Its token is " + ShowcaseProcess.CONSOLE_TOKEN + ". The command line too:");
    out.println("LARDER_URL=" + url + "/" + word + "/larder LARDER_TOKEN="
        + ShowcaseProcess.CONSOLE_TOKEN + " ./larder status");
    if (servers.ownsRedis()) {
      out.println();
      out.println(
          "Let Redis fail, and see whether anything is stale: " + url + "/chaos/, same token");
    }
    int secondPort = Ports.choose(0);
    ShowcaseProcess second =
        started(() -> ShowcaseProcess.secondMoon(options, servers, folder.secondLog(), secondPort));
    out.println();
    out.println("TheMoon also runs at http://127.0.0.1:" + secondPort + "/themoon soon: open " + url
        + "/themoon/two,\nchat in both windows, and kill -9 " + second.number());
    out.println();
    out.println("Ctrl-C stops everything. The data stays for the next start; --fresh drops it.");
    showcase.awaitEnd();
  }

  private Catalogue catalogue() {
    if (options.catalogue() == null) {
      return new GeneratedCatalogue(DataSet.albumsAt(Double.parseDouble(options.scale())), SEED);
    }
    try {
      return CatalogueFile.read(options.catalogue());
    } catch (CatalogueFileException e) {
      throw new DemoFailure(
          DemoFailure.USAGE,
          "--catalogue is " + options.catalogue() + ". " + e.getMessage()
              + "\nCorrect the file, or leave --catalogue out for invented albums.",
          e);
    }
  }

  private void checkRacing() {
    if (options.racing() == null) {
      return;
    }
    try {
      RacingFile.read(options.racing());
    } catch (RacingFileException e) {
      throw new DemoFailure(
          DemoFailure.USAGE,
          "--racing is " + options.racing() + ". " + e.getMessage()
              + "\nCorrect the file, or leave --racing out.",
          e);
    }
  }

  /** Halfnote in processes of its own, which it is measured to start; then the others in one. */
  private void report(
      Function<Set<ShowcaseSystems>, RunningShowcase> start,
      DemoServers servers,
      Catalogue catalogue,
      ProgressLine progress)
      throws InterruptedException {
    double scale = Double.parseDouble(options.scale());
    String tiers = "L1, " + (servers.hasRedis() ? "Redis and the database" : "the database");
    RunningShowcase halfnote = start.apply(EnumSet.of(ShowcaseSystems.HALFNOTE));
    halfnote.url();
    servers.settle();
    err.println("Measuring, which takes some minutes ...");
    double latency = servers.slowDown(options.latencyMillis());
    Scoreboard board = new Measuring(halfnote, DataSet.usersAt(scale), catalogue, progress::at)
        .run(options.scale(), tiers, latency);
    halfnote.close();
    servers.slowDown(0);
    RunningShowcase others =
        start.apply(EnumSet.complementOf(EnumSet.of(ShowcaseSystems.HALFNOTE)));
    others.url();
    servers.settle();
    servers.slowDown(options.latencyMillis());
    List<SubjectBoard> systems = new ArrayList<>();
    for (Subject subject : Subjects.ALL) {
      systems.add(
          new SubjectMeasuring(subject, others.url(), scale, others::cpu, progress::at).run());
    }
    progress.end();
    if (options.json()) {
      out.println(ScoreboardJson.text(board, systems));
    } else {
      out.println();
      out.print(ScoreboardTable.text(board));
      systems.forEach(system -> out.print(SubjectTable.text(system)));
    }
  }

  /** Starts a part, unless everything is stopped: what begins after that would outlive this. */
  private synchronized <T extends AutoCloseable> T started(Supplier<T> start) {
    if (stopped) {
      throw new IllegalStateException("it is being stopped");
    }
    T part = start.get();
    started.push(part);
    return part;
  }

  /** Stops everything, the last started first. Stopping again does nothing. */
  private synchronized void stop() {
    stopped = true;
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        err.println("larder demo: while stopping: " + e);
      }
    }
  }
}
