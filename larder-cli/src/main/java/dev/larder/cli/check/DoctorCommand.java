package dev.larder.cli.check;

import dev.larder.cli.base.TargetCommand;
import dev.larder.cli.connect.OpenStore;
import dev.larder.cli.connect.Target;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.tier.Finding;
import dev.larder.tier.Finding.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder doctor}: looks at the stores themselves. */
@Command(
    name = "doctor",
    header = "Looks at the stores for what does not work or will hurt, and says what to change.",
    description = {
      "",
      "Version, memory and what the server does when it is full, rights, latency, clock, length of"
          + " the log, size of tables. Changes nothing. Ends with 4 if a store does not answer, with 5"
          + " if something does not work; --strict counts warnings too."
    })
public final class DoctorCommand extends TargetCommand {

  private static final long LIMIT_SECONDS = 30;

  @Option(names = "--strict", description = "Ends with 5 for warnings too.")
  private boolean isStrict;

  /** For picocli. */
  public DoctorCommand() {}

  /** Beside stores, an application that is named too is for other commands. */
  @Override
  protected Map<String, String> heeded(Map<String, String> environment) {
    Map<String, String> heeded = new HashMap<>(environment);
    if (environment.containsKey("REDIS_URL") || environment.containsKey("DATABASE_URL")) {
      heeded.remove("LARDER_URL");
    }
    return heeded;
  }

  @Override
  protected ExitCode ask(Target target) {
    if (!(target instanceof Target.Stores stores)) {
      throw Fault.usage(
          "doctor looks at stores, not at an application",
          "name them by --redis and --database; larder status asks the application");
    }
    List<OpenStore> opened = OpenStore.all(stores);
    List<Examined> all = new ArrayList<>();
    try {
      for (OpenStore store : opened) {
        for (Finding finding : findings(store)) {
          all.add(Examined.of(store, finding));
        }
      }
    } finally {
      opened.forEach(OpenStore::close);
    }
    printer().print(Examined.answer(all));
    return code(all);
  }

  private ExitCode code(List<Examined> all) {
    if (all.stream().anyMatch(Examined::isSilent)) {
      return ExitCode.UNREACHABLE;
    }
    Level worst = isStrict ? Level.WARNING : Level.FAULT;
    return all.stream().anyMatch(it -> it.level().compareTo(worst) >= 0)
        ? ExitCode.CHECK_FAILED
        : ExitCode.OK;
  }

  private static List<Finding> findings(OpenStore store) {
    CompletableFuture<List<Finding>> checkup = new CompletableFuture<>();
    var unused = store.store().checkup().whenComplete((found, failure) -> {
      if (failure == null) {
        checkup.complete(found);
      } else {
        checkup.completeExceptionally(failure);
      }
    });
    try {
      return checkup.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException failure) {
      return List.of(Finding.silent("the server", failure));
    }
  }
}
