package dev.larder.showcase.scoreboard;

import dev.larder.showcase.data.Progress;
import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.scoreboard.Questions.Question;
import dev.larder.showcase.scoreboard.Scoreboard.ColdStart;
import dev.larder.showcase.scoreboard.Scoreboard.Load;
import dev.larder.showcase.scoreboard.Scoreboard.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures Halfnote from outside, over HTTP, in some minutes at most: each part stops at a number of
 * requests or at a time limit, whichever comes first.
 *
 * <p>What makes the versions comparable: they get the same requests in the same order, the naive one
 * perhaps only the first of them; every version's code has run before; and the database has read
 * what they ask for into memory before the first is timed.
 */
public final class Measuring {
  private static final int REQUESTS = 200;
  private static final int NAIVE_REQUESTS = 60;
  private static final int WARM_UP = 40;
  private static final Duration PART_LIMIT = Duration.ofSeconds(10);

  private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(8);

  /** So many answers to each row compile what is to be compiled. */
  private static final int WARM_UP_ROUNDS = 1_000;

  /** Of few users: nobody takes the times for more than a try. */
  private static final int WARM_UP_ROUNDS_PER_USER = 2;

  /** Starts of each version, in turn, so that a busy moment of the machine hits both. */
  private static final int COLD_STARTS = 3;

  /** With fewer users nobody takes the times for more than a try: one start of each will do. */
  private static final int FEW_USERS = 1_000;

  private final Questions questions;
  private final Showcase showcase;
  private final Progress progress;
  private final int coldStarts;

  /** The warm-up; rows in four versions, each with a warm-up; the load; the cold starts. */
  private final int steps;

  private int step;

  /** The showcase under measurement. */
  public interface Showcase {
    /** Its address, without a slash at the end. */
    String url();

    /**
     * Ends the process and starts another on the same servers. Returns when it answers.
     *
     * @return {@link System#nanoTime} when the process was started
     */
    long restart();
  }

  /**
   * Measures a showcase.
   *
   * @param users how many there are
   * @param catalogue its albums
   */
  public Measuring(Showcase showcase, int users, Catalogue catalogue, Progress progress) {
    this.showcase = showcase;
    this.progress = progress;
    questions = new Questions(users, catalogue);
    coldStarts = users < FEW_USERS ? 1 : COLD_STARTS;
    steps = 1 + Row.values().length * 5 + 1 + 2 * coldStarts;
  }

  /**
   * Does all of it.
   *
   * @param scale of the data set, for the record
   * @param tiers what Larder has to store in, for the record
   * @param latencyMillis what each round trip to a server was made to take longer, for the record
   * @throws IllegalStateException if the showcase answers with an error
   */
  public Scoreboard run(String scale, String tiers, double latencyMillis)
      throws InterruptedException {
    Map<Row, Versions> rows = new EnumMap<>(Row.class);
    HalfnoteClient client = new HalfnoteClient(showcase.url());
    warmUp(client);
    for (Row row : Row.values()) {
      rows.put(row, versions(client, row));
    }
    next("load");
    Load load = new MixedLoad(client, questions).run();
    ColdStart coldStart = coldStart();
    progress.at("done", steps, steps);
    return new Scoreboard(scale, tiers, latencyMillis, rows, load, coldStart);
  }

  private Versions versions(HalfnoteClient client, Row row) {
    int all = questions.size(row);
    int warmUp = spared(row);
    int timed = Math.min(REQUESTS, all - warmUp);
    next(row.title());
    for (int i = 0; i < warmUp; i++) {
      Question question = questions.at(row, all - 1 - i);
      if (i < warmUp / 4) {
        client.get(question.path(), Mode.NAIVE, question.user());
      }
      client.get(question.path(), Mode.OPTIMISED, question.user());
      client.get(question.path(), Mode.LARDER, question.user());
      client.get(question.path(), Mode.LARDER, question.user());
    }
    if (row != Row.ALBUM) {
      // An album takes its time at the catalogue, not here.
      measure(client, row, Mode.OPTIMISED, timed);
    }
    next(row.title());
    Measured naive = Measured.of(measure(client, row, Mode.NAIVE, Math.min(NAIVE_REQUESTS, timed)));
    next(row.title());
    List<Answer> optimised = measure(client, row, Mode.OPTIMISED, timed);
    next(row.title());
    List<Answer> first = measure(client, row, Mode.LARDER, timed);
    List<Answer> cold = first.stream().filter(Answer::isCold).toList();
    next(row.title());
    List<Answer> warm = measure(client, row, Mode.LARDER, first.size());
    return new Versions(
        naive,
        Measured.of(optimised),
        // An earlier run against the same servers may have left entries, all of them at worst.
        Measured.of(cold.isEmpty() ? first : cold),
        Measured.of(warm));
  }

  /** How many questions at the end of a row warm up and are never timed. */
  private int spared(Row row) {
    return Math.min(row == Row.ALBUM ? WARM_UP / 4 : WARM_UP, questions.size(row) / 3);
  }

  /** Lets the process compile what answers: for some seconds, or it would be timed half compiled. */
  private void warmUp(HalfnoteClient client) {
    next("warm-up");
    long begun = System.nanoTime();
    int rounds = Math.min(WARM_UP_ROUNDS, WARM_UP_ROUNDS_PER_USER * questions.users());
    for (int i = 0; i < rounds && System.nanoTime() - begun < WARM_UP_LIMIT.toNanos(); i++) {
      for (Row row : Row.values()) {
        int index = questions.size(row) - 1 - i % spared(row);
        Question question = questions.at(row, index);
        client.get(question.path(), Mode.LARDER, question.user());
        if (row != Row.ALBUM) {
          client.get(question.path(), Mode.OPTIMISED, question.user());
        }
      }
    }
  }

  private List<Answer> measure(HalfnoteClient client, Row row, Mode mode, int most) {
    List<Answer> answers = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < most; i++) {
      Question question = questions.at(row, i);
      answers.add(client.get(question.path(), mode, question.user()));
      if (System.nanoTime() - begun > PART_LIMIT.toNanos()) {
        break;
      }
    }
    return answers;
  }

  private record Start(double millis, double requestMillis) {}

  /** The median start of each version. */
  private ColdStart coldStart() {
    List<Start> naive = new ArrayList<>();
    List<Start> larder = new ArrayList<>();
    for (int i = 0; i < coldStarts; i++) {
      next("cold start");
      naive.add(coldStart(Mode.NAIVE));
      next("cold start");
      larder.add(coldStart(Mode.LARDER));
    }
    return new ColdStart(
        median(naive, Start::millis),
        median(larder, Start::millis),
        median(naive, Start::requestMillis),
        median(larder, Start::requestMillis));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> part) {
    double[] all = starts.stream().mapToDouble(part).sorted().toArray();
    return all[all.length / 2];
  }

  private Start coldStart(Mode mode) {
    Question question = questions.at(Row.FEED, 0);
    // Whatever the process kept to itself is gone afterwards; what tiers share is not.
    new HalfnoteClient(showcase.url()).get(question.path(), Mode.LARDER, question.user());
    long begun = showcase.restart();
    Answer answer = new HalfnoteClient(showcase.url()).get(question.path(), mode, question.user());
    return new Start((System.nanoTime() - begun) / 1e6, answer.millis());
  }

  private void next(String part) {
    progress.at(part, step++, steps);
  }
}
