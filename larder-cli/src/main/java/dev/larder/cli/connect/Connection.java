package dev.larder.cli.connect;

import dev.larder.manage.Management;

/**
 * An open way to a larder.
 *
 * @param management what it is asked through
 * @param closing ends it
 */
public record Connection(Management management, Runnable closing) implements AutoCloseable {

  /** Opens targets. */
  @FunctionalInterface
  public interface Opening {

    /**
     * Opens a target.
     *
     * @throws dev.larder.manage.ManagementException if it does not answer
     */
    Connection open(Target target);
  }

  /** Opens applications over HTTP, and stores with what is on the class path. */
  public static Connection open(Target target) {
    if (target instanceof Target.Application application) {
      HttpManagement management = new HttpManagement(application.url(), application.token());
      return new Connection(management, () -> {});
    }
    return StoresConnection.open((Target.Stores) target);
  }

  @Override
  public void close() {
    closing.run();
  }
}
