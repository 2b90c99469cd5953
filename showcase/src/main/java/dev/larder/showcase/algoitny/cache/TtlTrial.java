package dev.larder.showcase.algoitny.cache;

import dev.larder.Larder;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Trial;
import dev.larder.manage.Trial.State;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Refused.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A trial of another time to live on the problem list, by the library's {@link Trials}: half of the keys
 * live for the list's own time, half for another, on all nodes.
 */
@Component
public final class TtlTrial {
  static final String CACHE = "problem_list";
  private static final int HALF = 50;
  private static final int LONGEST = 86_400;

  private final Larder larder;

  TtlTrial(Larder larder) {
    this.larder = larder;
  }

  private Trials trials() {
    return larder.management().trials();
  }

  /** The trial that runs, or the last one; empty if there was none. */
  public Optional<Trial> last() {
    return trials().all().stream().filter(it -> it.cache().equals(CACHE)).findFirst();
  }

  /** Whether one runs. */
  public boolean isRunning() {
    return last().filter(it -> it.state() != State.ENDED).isPresent();
  }

  /**
   * Begins a trial of another time; one that runs ends before.
   *
   * @param seconds 1 to a day, and not the list's own time
   * @param who who asked
   * @throws Refused if it is out of range
   */
  public void start(int seconds, String who) {
    Checks checks = new Checks();
    checks.number("ttl", seconds, 1, LONGEST);
    Duration other = Duration.ofSeconds(seconds);
    if (larder.find(CACHE).filter(it -> it.policy().ttl().equals(other)).isPresent()) {
      // Before the one that runs is ended for it.
      checks.fault("ttl", seconds, "another than the list's own");
    }
    checks.done();
    long millis = other.toMillis();
    try {
      stop(who);
      trials().start(new TrialPlan(CACHE, List.of(millis), HALF, 0), who);
    } catch (ManagementException refused) {
      throw switch (refused.reason()) {
        case WRONG_QUESTION -> Refused.invalid("ttl", seconds, "another than the list's own");
        default -> Refused.because(Reason.CONFLICT, String.valueOf(refused.getMessage()));
      };
    }
  }

  /** Ends the trial, if one runs; entries stored before keep their time. */
  public void stop(String who) {
    if (isRunning()) {
      trials().end(CACHE, who);
    }
  }
}
