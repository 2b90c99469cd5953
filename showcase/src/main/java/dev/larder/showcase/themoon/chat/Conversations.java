package dev.larder.showcase.themoon.chat;

import dev.larder.Acknowledgement;
import dev.larder.showcase.themoon.cache.ChatCaches;
import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.LastMessages;
import dev.larder.showcase.themoon.source.ChatQueries;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What members may do with a conversation. Safe for many threads. */
@Service
public final class Conversations {
  /** The longest message. */
  public static final int LONGEST = 1_000;

  private final ChatCaches caches;
  private final ChatQueries queries;
  private final TransactionTemplate transactions;

  /**
   * A message that is stored.
   *
   * @param number its place in the conversation
   * @param isEverywhere whether every read on every instance has it from now on; otherwise no log of
   *     invalidations answers, and the others have it as soon as one does
   */
  public record Sent(long number, boolean isEverywhere) {}

  Conversations(ChatCaches caches, ChatQueries queries, PlatformTransactionManager transactions) {
    this.caches = caches;
    this.queries = queries;
    this.transactions = new TransactionTemplate(transactions);
  }

  /**
   * A conversation for one of its members.
   *
   * @throws Refused if there is none, or it is not this user's; it does not tell which
   */
  public Conversation of(long id, long user) {
    return caches
        .conversation(id)
        .filter(conversation -> conversation.has(user))
        .orElseThrow(() -> Refused.notFound("conversation", id));
  }

  /**
   * Writes a message, first to the database and then to the cache.
   *
   * @param clientId the sender's name for it; sent again it is not written again
   * @throws Refused if the text is empty or longer than {@value #LONGEST}, or the user is no member
   */
  public Sent send(long id, long user, @Nullable String text, @Nullable UUID clientId) {
    of(id, user);
    Checks checks = new Checks();
    String stripped = checks.text("text", text, 1, LONGEST);
    checks.done();
    AtomicLong number = new AtomicLong();
    Acknowledgement done = caches.write(
        id,
        () -> Objects.requireNonNull(transactions.<LastMessages>execute(status -> {
          number.set(queries.add(id, user, stripped, clientId));
          return queries.last(id);
        })));
    return new Sent(number.get(), done.position().isPresent());
  }

  /** The number of the conversation of just these two, which is made if there is none. */
  public long between(long one, long other) {
    if (one == other) {
      throw Refused.because(Refused.Reason.CONFLICT, "Nobody can talk to themselves here.");
    }
    return Objects.requireNonNull(transactions.execute(status -> queries.between(one, other)));
  }
}
