package dev.larder.cli.connect;

import dev.larder.manage.Management;
import java.util.List;

/**
 * An open way to a larder.
 *
 * @param management what it is asked through
 * @param closing ends it
 * @param warnings what the reader should know of it
 */
public record Connection(Management management, Runnable closing, List<String> warnings)
    implements AutoCloseable {

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
      return new Connection(management, () -> {}, warnings(application));
    }
    return StoresConnection.open((Target.Stores) target);
  }

  private static List<String> warnings(Target.Application application) {
    String host = application.url().getHost();
    boolean isPlain = "http".equals(application.url().getScheme());
    boolean isNear = List.of("localhost", "127.0.0.1", "[::1]").contains(host);
    return isPlain && !isNear && application.token() != null
        ? List.of("The token goes to " + host + " unencrypted; https:// would hide it.")
        : List.of();
  }

  @Override
  public void close() {
    closing.run();
  }
}
