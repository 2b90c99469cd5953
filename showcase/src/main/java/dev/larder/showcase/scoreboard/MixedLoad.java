package dev.larder.showcase.scoreboard;

import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.scoreboard.Questions.Question;
import dev.larder.showcase.scoreboard.Scoreboard.Load;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads and writes of many users at once: who asks and what about is drawn by Zipf's law with
 * exponent 1, one request in twenty writes, and each write is followed by reads that must show it.
 *
 * <p>The caches fill during the first half, which is not counted. Reads that check a write are not
 * counted as load: they would all be misses, or, where they fill, spare one to somebody else.
 */
final class MixedLoad {
  private static final int HALF = 8_000;

  /** Of few users a few requests each tell all there is. */
  private static final int HALF_PER_USER = 10;

  private static final Duration HALF_LIMIT = Duration.ofSeconds(25);
  private static final double EXPONENT = 1;

  /** A change and its undoing are two writes: so many pairs make one request in twenty. */
  private static final double PAIRS = 0.05 / (2 - 0.05);

  private final HalfnoteClient client;
  private final Questions questions;
  private final Zipf users;
  private final Zipf albums;
  private final Zipf searches;

  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger withoutSql = new AtomicInteger();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private final Findings findings = new Findings();

  MixedLoad(HalfnoteClient client, Questions questions) {
    this.client = client;
    this.questions = questions;
    users = new Zipf(questions.users(), EXPONENT);
    albums = new Zipf(questions.albums(), EXPONENT);
    searches = new Zipf(questions.size(Row.SEARCH), EXPONENT);
  }

  Load run() throws InterruptedException {
    half(1, false);
    half(2, true);
    int read = reads.get();
    long keys = hits.get() + misses.get();
    return new Load(
        read,
        writes.get(),
        keys == 0 ? 0 : (double) hits.get() / keys,
        read == 0 ? 0 : (double) withoutSql.get() / read,
        findings.checks(),
        findings.stale(),
        findings.examples());
  }

  private void half(int number, boolean counted) throws InterruptedException {
    int most = Math.min(HALF, HALF_PER_USER * questions.users());
    ClosedLoop.run(number, most, HALF_LIMIT, user -> {
      WriteChecks writer = new WriteChecks(client, findings, user, ClosedLoop.THREADS, questions);
      return random -> one(random, writer, counted);
    });
  }

  private void one(SplittableRandom random, WriteChecks writer, boolean counted) {
    if (random.nextDouble() < PAIRS) {
      int written = writer.change(random, users.draw(random));
      if (counted) {
        writes.addAndGet(written);
      }
      return;
    }
    Question question = draw(random);
    Answer answer = client.get(question.path(), Mode.LARDER, question.user());
    if (counted) {
      reads.incrementAndGet();
      hits.addAndGet(answer.hits());
      misses.addAndGet(answer.misses());
      if (answer.statements() == 0) {
        withoutSql.incrementAndGet();
      }
    }
  }

  private Question draw(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 40) {
      return questions.at(Row.FEED, users.draw(random));
    } else if (kind < 60) {
      return questions.at(Row.REVIEWS, users.draw(random));
    } else if (kind < 75) {
      return questions.at(Row.LISTS, users.draw(random));
    } else if (kind < 90) {
      return questions.at(Row.ALBUM, albums.draw(random));
    }
    return questions.at(Row.SEARCH, searches.draw(random));
  }
}
