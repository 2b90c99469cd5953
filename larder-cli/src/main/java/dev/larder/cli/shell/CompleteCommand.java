package dev.larder.cli.shell;

import dev.larder.cli.base.Candidates;
import dev.larder.cli.base.Surroundings;
import dev.larder.cli.connect.ConnectOptions;
import dev.larder.cli.exit.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code larder complete}: prints names that an application knows, one a line, for the scripts of {@link
 * CompletionCommand}. A shell that waits is worse than one that knows no names: after the limit, and on any
 * failure, it prints nothing and ends well.
 */
@Command(name = "complete", hidden = true, header = "Prints the names that a shell completes.")
public final class CompleteCommand implements Callable<Integer>, Surroundings.Aware {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  private ConnectOptions connect = new ConnectOptions();

  @Parameters(paramLabel = "KIND", description = "caches, tags or warm-ups.")
  private String kind = "";

  @Option(names = "--starting", paramLabel = "TEXT", description = "Only names that begin so.")
  private String starting = "";

  @Option(
      names = "--within",
      paramLabel = "MILLIS",
      defaultValue = "300",
      description = "How long to wait for the application.")
  private long within = 300;

  private Surroundings surroundings = Surroundings.ofProcess();

  /** For picocli. */
  public CompleteCommand() {}

  @Override
  public void runIn(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<String> found = new CopyOnWriteArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread asking = new Thread(
        () -> {
          try {
            found.addAll(Candidates.of(kind, connect, surroundings));
          } catch (RuntimeException silent) {
            // Whoever types wants no messages; larder status tells what is wrong.
          } finally {
            ended.countDown();
          }
        },
        "complete");
    // Not waited for: the process ends while it may still connect.
    asking.setDaemon(true);
    asking.start();
    try {
      if (ended.await(within, TimeUnit.MILLISECONDS)) {
        PrintWriter out = spec.commandLine().getOut();
        found.stream()
            .filter(it -> it.startsWith(starting))
            .sorted()
            .distinct()
            .forEach(out::println);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK.status();
  }
}
