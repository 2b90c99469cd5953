package dev.larder.showcase.themoon.cache;

import static dev.larder.showcase.trace.RequestTrace.reading;

import dev.larder.Acknowledgement;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.LastMessages;
import dev.larder.showcase.themoon.source.ChatQueries;
import dev.larder.spring.CachePolicies;
import dev.larder.strategy.CacheAside;
import dev.larder.strategy.WriteThrough;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Write-through: the newest 50 messages of each conversation. A message that was acknowledged, on
 * whichever instance, is in every read that begins afterwards, on whichever instance.
 */
@Component
public final class ChatCaches {
  private final WriteThrough<Long, LastMessages> messages;
  private final CacheAside<Long, Conversation> conversations;

  ChatCaches(Larder larder, CachePolicies policies, ChatQueries source) {
    messages = WriteThrough.of(
        larder,
        "messages",
        policies.apply(
            "messages",
            CachePolicy.of(Long.class, LastMessages.class)
                .ttl(Duration.ofMinutes(30))
                .build()),
        source::last);
    // Who is in a conversation does not change, so nothing ends these.
    conversations = CacheAside.of(
        larder,
        "conversation",
        policies.apply(
            "conversation",
            CachePolicy.of(Long.class, Conversation.class)
                .ttl(Duration.ofHours(2))
                .build()),
        source::conversation);
  }

  /** A conversation. */
  public Optional<Conversation> conversation(long id) {
    return Optional.ofNullable(reading(conversations.namespace(), () -> conversations.get(id)));
  }

  /** The end of a conversation, with every message acknowledged before this call. */
  public LastMessages last(long conversation) {
    return Objects.requireNonNull(reading(messages.namespace(), () -> messages.get(conversation)));
  }

  /**
   * Writes through.
   *
   * @param committed writes to the database, commits, and gives what is there then
   */
  public Acknowledgement write(long conversation, Supplier<LastMessages> committed) {
    return messages.write(conversation, committed::get);
  }

  /**
   * Ends what is cached of a conversation if it lacks a message that is known to be committed. The
   * instance that wrote it sees to that itself, unless it died at that moment.
   */
  public void mustHave(long conversation, long number) {
    Lookup<LastMessages> known = messages.cache().get(conversation);
    if (known instanceof Lookup.Hit<LastMessages> hit
        && hit.value() != null
        && hit.value().newest() < number) {
      messages.delete(conversation);
    }
  }

  /** Ends all: this instance may not have heard of what was committed. */
  public void distrust() {
    messages.cache().clear();
  }
}
