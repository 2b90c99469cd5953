package dev.larder.showcase.scoreboard;

import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.scoreboard.SubjectBoard.Figures;
import dev.larder.showcase.scoreboard.SubjectBoard.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one system from outside, over HTTP, in about a minute: each part stops at a number of
 * requests or at a time limit, whichever comes first. Off and on get the same requests in the same
 * order, after both have been run for a while, and after the database has read what they ask for.
 */
public final class SubjectMeasuring {
  private static final int REQUESTS = 200;
  private static final int SPARED = 30;
  private static final Duration PART_LIMIT = Duration.ofSeconds(4);
  private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(5);
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(10);
  private static final Duration THROUGHPUT_LIMIT = Duration.ofSeconds(4);
  private static final int LOAD = 8_000;
  private static final double EXPONENT = 1;

  /** A change and its undoing are two writes: so many pairs make one request in twenty. */
  private static final double PAIRS = 0.05 / (2 - 0.05);

  private final Subject subject;
  private final SubjectClient client;
  private final Supplier<Duration> cpu;
  private final Progress progress;
  private final List<Asked> rows;

  /** Small data sets are only tried out: a share of all that is done at scale 1. */
  private final double effort;

  private final int steps;
  private int step;

  /**
   * Measures a system.
   *
   * @param url of the showcase, without a slash at the end
   * @param cpu processor time that the showcase has used so far
   */
  public SubjectMeasuring(
      Subject subject, String url, double scale, Supplier<Duration> cpu, Progress progress) {
    this.subject = subject;
    this.cpu = cpu;
    this.progress = progress;
    client = new SubjectClient(url + "/" + subject.name());
    rows = subject.rows(client, scale);
    effort = scale < 0.05 ? 0.1 : 1;
    steps = 1 + rows.size() + 3;
  }

  /**
   * Does all of it, and leaves the larder on.
   *
   * @throws IllegalStateException if the system answers with an error
   */
  public SubjectBoard run() throws InterruptedException {
    warmUp();
    List<Figures> figures = new ArrayList<>();
    for (Asked row : rows) {
      next(row.title());
      figures.add(figures(row));
    }
    next("warming");
    figures = warmed(figures);
    next("load");
    Scoreboard.Load load = load();
    next("throughput");
    Throughput throughput = throughput();
    progress.at(subject.title(), steps, steps);
    return new SubjectBoard(
        subject.name(),
        subject.title(),
        subject.goals(),
        figures,
        load,
        throughput,
        subject.remarks(client));
  }

  /** Lets the process compile what answers, with the last requests of each row. */
  private void warmUp() {
    next("warm-up");
    for (boolean on : new boolean[] {false, true}) {
      client.switchTo(on);
      long begun = System.nanoTime();
      int rounds = (int) (400 * effort);
      for (int i = 0; i < rounds && System.nanoTime() - begun < WARM_UP_LIMIT.toNanos(); i++) {
        for (Asked row : rows) {
          client.get(row.at().apply(row.size() - 1 - i % spared(row)));
        }
      }
    }
  }

  private static int spared(Asked row) {
    return Math.max(1, Math.min(SPARED, row.size() / 3));
  }

  private Figures figures(Asked row) {
    int most = Math.max(1, (int) Math.min(REQUESTS * effort, (double) row.size() - spared(row)));
    client.switchTo(false);
    // Once untimed: the database reads it into memory.
    measure(row, most);
    List<Answer> off = measure(row, most);
    client.switchTo(true);
    client.clear();
    List<Answer> cold = measure(row, off.size());
    // Those that a slow machine had no time to ask cold are not warm.
    List<Answer> warm = measure(row, cold.size());
    return new Figures(row, Measured.of(off), Measured.of(cold), Measured.of(warm), null);
  }

  private List<Answer> measure(Asked row, int most) {
    List<Answer> answers = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < most; i++) {
      answers.add(client.get(row.at().apply(i)));
      if (System.nanoTime() - begun > PART_LIMIT.toNanos()) {
        break;
      }
    }
    return answers;
  }

  /** The first request of each row after the system has filled its caches by itself. */
  private List<Figures> warmed(List<Figures> figures) {
    client.clear();
    if (!subject.warm(client)) {
      return figures;
    }
    return figures.stream()
        .map(it -> new Figures(
            it.row(),
            it.off(),
            it.cold(),
            it.warm(),
            Measured.of(List.of(client.get(it.row().at().apply(0))))))
        .toList();
  }

  private Scoreboard.Load load() throws InterruptedException {
    half(1, null);
    Counted counted = new Counted();
    half(2, counted);
    long keys = counted.hits.get() + counted.misses.get();
    int reads = counted.reads.get();
    return new Scoreboard.Load(
        reads,
        counted.writes.get(),
        keys == 0 ? 0 : (double) counted.hits.get() / keys,
        reads == 0 ? 0 : (double) counted.withoutSql.get() / reads,
        counted.findings.checks(),
        counted.findings.stale(),
        counted.findings.examples());
  }

  private static final class Counted {
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger withoutSql = new AtomicInteger();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final Findings findings = new Findings();

    void read(Answer answer) {
      reads.incrementAndGet();
      hits.addAndGet(answer.hits());
      misses.addAndGet(answer.misses());
      if (answer.statements() == 0) {
        withoutSql.incrementAndGet();
      }
    }
  }

  /** The caches fill during the first half, which is not counted. */
  private void half(int number, @Nullable Counted counted) throws InterruptedException {
    Counted account = counted == null ? new Counted() : counted;
    Draw draw = new Draw(rows);
    ClosedLoop.run(number, (int) (LOAD * effort), LOAD_LIMIT, user -> random -> {
      if (random.nextDouble() < PAIRS) {
        account.writes.addAndGet(
            subject.change(client, random, user, ClosedLoop.THREADS, account.findings));
      } else {
        account.read(client.get(draw.next(random)));
      }
    });
  }

  private Throughput throughput() throws InterruptedException {
    client.switchTo(false);
    Rate off = rate(3);
    client.switchTo(true);
    // The caches have been filled by the load; what fell out meanwhile is filled here.
    rate(4);
    Rate on = rate(4);
    return new Throughput(off.perSecond(), on.perSecond(), off.perCpuSecond(), on.perCpuSecond());
  }

  private record Rate(double perSecond, double perCpuSecond) {}

  private Rate rate(long seed) throws InterruptedException {
    Draw draw = new Draw(rows);
    Duration cpuBefore = cpu.get();
    long begun = System.nanoTime();
    int answered = ClosedLoop.run(
        seed,
        Integer.MAX_VALUE,
        Duration.ofNanos((long) (THROUGHPUT_LIMIT.toNanos() * effort)),
        user -> random -> client.get(draw.next(random)));
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpuSeconds = Math.max(1, cpu.get().minus(cpuBefore).toMillis()) / 1e3;
    return new Rate(answered / seconds, answered / cpuSeconds);
  }

  /** Draws a row by its weight and of its requests one by Zipf's law. */
  private static final class Draw {
    private final List<Asked> asked;
    private final List<Zipf> laws;
    private final int weights;

    Draw(List<Asked> rows) {
      asked = rows.stream().filter(row -> row.weight() > 0).toList();
      laws = asked.stream().map(row -> new Zipf(row.size(), EXPONENT)).toList();
      weights = asked.stream().mapToInt(Asked::weight).sum();
    }

    Asked.Request next(SplittableRandom random) {
      int drawn = random.nextInt(weights);
      int i = 0;
      while (drawn >= asked.get(i).weight()) {
        drawn -= asked.get(i++).weight();
      }
      return asked.get(i).at().apply(laws.get(i).draw(random));
    }
  }

  private void next(String part) {
    progress.at(subject.title() + ": " + part, step++, steps);
  }
}
