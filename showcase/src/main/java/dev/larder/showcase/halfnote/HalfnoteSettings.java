package dev.larder.showcase.halfnote;

import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.start.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code halfnote.*}.
 *
 * @param scale size of the data set: default 1 (20,000 users, 1,000,000 activities), 0.001 to 10
 * @param seed decides every invented detail: default 20250630
 * @param catalogue a JSON file of albums to import instead of invented ones; none by default
 * @param catalogueLatency how slow the album catalogue answers: default 300 ms, 0 to 10 s
 * @param cataloguePort port of the album catalogue on loopback: default 0, any free one
 * @param mode the version that answers when a request does not choose: default {@code larder}
 * @param warmUp whether the process asks itself for a few pages before it says that it is ready, so
 *     that nobody waits for classes to be loaded: default false
 * @param secret key that log-in cookies are signed with; by default a new one at each start, which
 *     logs everybody out
 */
@ConfigurationProperties("halfnote")
public record HalfnoteSettings(
    @DefaultValue("1") double scale,
    @DefaultValue("20250630") long seed,
    @Nullable Path catalogue,
    @DefaultValue("300ms") Duration catalogueLatency,
    @DefaultValue("0") int cataloguePort,
    @DefaultValue("larder") String mode,
    @DefaultValue("false") boolean warmUp,
    @Nullable String secret) {

  private static final Duration SLOWEST = Duration.ofSeconds(10);
  private static final int SHORTEST_SECRET = 16;

  /**
   * Refuses values out of range, all together.
   *
   * @throws StartFailure naming every property at fault
   */
  public HalfnoteSettings {
    List<String> faults = new ArrayList<>();
    if (!(scale >= DataSet.LEAST_SCALE && scale <= DataSet.GREATEST_SCALE)) {
      faults.add(
          fault("scale", scale, DataSet.LEAST_SCALE + " to " + (int) DataSet.GREATEST_SCALE));
    }
    if (catalogueLatency.isNegative() || catalogueLatency.compareTo(SLOWEST) > 0) {
      faults.add(fault("catalogue-latency", catalogueLatency.toMillis() + " ms", "0 to 10 s"));
    }
    if (cataloguePort < 0 || cataloguePort > 65_535) {
      faults.add(fault("catalogue-port", cataloguePort, "0 to 65535"));
    }
    if (Mode.of(mode).isEmpty()) {
      faults.add(fault("mode", mode, Mode.WORDS));
    }
    if (secret != null && secret.length() < SHORTEST_SECRET) {
      faults.add(fault(
          "secret",
          secret.length() + " characters long",
          "at least " + SHORTEST_SECRET + " characters"));
    }
    if (!faults.isEmpty()) {
      throw new StartFailure(String.join("\n", faults), "Correct these properties.", null);
    }
  }

  /** The mode when a request does not choose. */
  public Mode defaultMode() {
    return Mode.of(mode).orElse(Mode.LARDER);
  }

  private static String fault(String property, Object seen, String range) {
    return "halfnote." + property + " is " + seen + ", must be " + range + ".";
  }
}
