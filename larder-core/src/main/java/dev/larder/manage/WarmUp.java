package dev.larder.manage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A declared warm-up and its last run.
 *
 * @param name its name
 * @param schedule when it runs by itself, for people; empty if only when asked
 * @param state of the last run
 * @param node where that ran; empty if it never did
 * @param total keys to load; -1 while not known
 * @param done keys that are there now: loaded or found
 * @param found those that were there already
 * @param failed keys whose load failed
 * @param perSecond loads per second
 * @param startedMillis when the run began; 0 if never
 * @param endedMillis when it ended; 0 while it runs
 * @param failures the last failures, key and reason
 * @param declared the most that its plan lets a run ask of the source; a part of 0 is not known
 * @param loadsAnew whether it also loads what is cached and fresh
 */
public record WarmUp(
    String name,
    String schedule,
    State state,
    String node,
    long total,
    long done,
    long found,
    long failed,
    double perSecond,
    long startedMillis,
    long endedMillis,
    List<String> failures,
    Limits declared,
    boolean loadsAnew) {

  /** What an application of an older version does not tell is not known. */
  public WarmUp {
    declared = Objects.requireNonNullElse(declared, Limits.AS_DECLARED);
  }

  /**
   * Whether these are the guesses of a prediction: {@code total} were made and {@code done} came true. It
   * runs until the application ends, so it can be paused and resumed, and no more.
   */
  public boolean guesses() {
    return name.startsWith("predict-") && schedule.startsWith("guesses");
  }

  /**
   * What an order has the source asked for, in sentences for people; empty for those that run nothing. How
   * many keys the last run had says nothing of the next one: it may have been given fewer.
   *
   * @param limits of the run that begins or goes on
   */
  public List<String> asks(Action action, Limits limits) {
    if (action == Action.PAUSE || action == Action.CANCEL) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add("It asks the source for " + keys(action, limits.most)
        + (loadsAnew ? ", also for those" : ", but for those") + " that are cached and fresh.");
    most(limits.perSecond, declared.perSecond, "key", " a second.").ifPresent(sentences::add);
    most(limits.concurrency, declared.concurrency, "load", " at a time.").ifPresent(sentences::add);
    return List.copyOf(sentences);
  }

  private String keys(Action action, long most) {
    if (action == Action.RESUME) {
      return guesses()
          ? "the keys that it guesses"
          : total < 0
              ? "the keys that are left"
              : "the " + count(total - done - failed, "key") + " left";
    }
    if (action == Action.RERUN_FAILED) {
      String all = "the " + count(failed, "key") + " that failed";
      return most > 0 && most < failed ? "the first " + most + " of " + all : all;
    }
    return most > 0
        ? "the first " + count(most, "key") + " of its plan"
        : "all keys of its plan, as many as it finds when it begins";
  }

  private static Optional<String> most(int given, int declared, String one, String per) {
    int most = given > 0 ? given : declared;
    return most > 0 ? Optional.of("At most " + count(most, one) + per) : Optional.empty();
  }

  private static String count(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
  }

  /**
   * What one run may ask of the source. A run can be given less than its plan declares, never more.
   *
   * @param most keys of the run, the first that the plan gives; 0 for all
   * @param perSecond keys asked of the source in any second, 1 to what is declared; 0 for that
   * @param concurrency loads at a time, 1 to what is declared; 0 for that
   */
  public record Limits(long most, int perSecond, int concurrency) {

    /** All keys, as fast as the plan declares. */
    public static final Limits AS_DECLARED = new Limits(0, 0, 0);

    /**
     * What is wrong with these limits for a plan; empty if nothing is.
     *
     * @param declared those of the plan; a part of 0 is not known and allows all
     */
    public List<String> faults(Limits declared) {
      List<String> faults = new ArrayList<>();
      if (most < 0) {
        faults.add("limit " + most + " is not 0 (all keys) or more");
      }
      check("rate", "/s", perSecond, declared.perSecond, faults);
      check("concurrency", "", concurrency, declared.concurrency, faults);
      return faults;
    }

    private static void check(String name, String unit, int asked, int most, List<String> faults) {
      if (asked < 0 || (most > 0 && asked > most)) {
        faults.add(name + " " + asked + unit + " is not "
            + (most > 0 ? "1 to " + most + unit + ", which the plan declares" : "1 or more"));
      }
    }

    /** For people: {@code the first 100 keys, 50/s, 2 at a time}; empty if all is as declared. */
    public String shown() {
      List<String> parts = new ArrayList<>();
      if (most > 0) {
        parts.add("the first " + most + " keys");
      }
      if (perSecond > 0) {
        parts.add(perSecond + "/s");
      }
      if (concurrency > 0) {
        parts.add(concurrency + " at a time");
      }
      return String.join(", ", parts);
    }
  }

  /** How a run stands. */
  public enum State {
    /** It never ran. */
    IDLE,
    /** It runs. */
    RUNNING,
    /** It was paused and can be resumed. */
    PAUSED,
    /** It ended; some keys may have failed. */
    DONE,
    /** It was cancelled. */
    CANCELLED,
    /** It could not go on. */
    FAILED
  }

  /** What can be asked of a warm-up. */
  public enum Action {
    /** Run from the beginning; what is cached already is not loaded again, if not declared so. */
    START,
    /** Hold after the loads under way. */
    PAUSE,
    /** Go on. */
    RESUME,
    /** End after the loads under way. */
    CANCEL,
    /** Load again what failed in the last run. */
    RERUN_FAILED
  }
}
