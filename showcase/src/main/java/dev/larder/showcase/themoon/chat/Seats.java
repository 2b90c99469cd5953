package dev.larder.showcase.themoon.chat;

import dev.larder.showcase.themoon.cache.ChatCaches;
import dev.larder.showcase.themoon.cache.Presence;
import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.source.ChatQueries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The browsers that are connected to this instance, by conversation. Safe for many threads. */
@Component
final class Seats implements DisposableBean {
  private static final Logger logger = LoggerFactory.getLogger(Seats.class);
  private static final int THREADS = 4;

  private final Map<Long, Set<Seat>> taken = new ConcurrentHashMap<>();
  private final ExecutorService senders = Executors.newFixedThreadPool(THREADS, task -> {
    Thread thread = new Thread(task, "themoon-sender");
    thread.setDaemon(true);
    return thread;
  });
  private final ChatQueries queries;
  private final ChatCaches caches;
  private final Presence presence;

  Seats(ChatQueries queries, ChatCaches caches, Presence presence) {
    this.queries = queries;
    this.caches = caches;
    this.presence = presence;
  }

  void take(Seat seat) {
    taken.compute(seat.conversation(), (conversation, seats) -> {
      Set<Seat> all = seats == null ? ConcurrentHashMap.newKeySet() : seats;
      all.add(seat);
      return all;
    });
  }

  void leave(Seat seat) {
    taken.computeIfPresent(seat.conversation(), (conversation, seats) -> {
      seats.remove(seat);
      return seats.isEmpty() ? null : seats;
    });
  }

  /** Messages may have been committed: every seat gets what it lacks. */
  void message(long conversation) {
    each(conversation, seat -> seat.deliver(queries));
  }

  /** The same for all, after a time in which nobody rang here. */
  void everything() {
    taken.keySet().forEach(this::message);
  }

  /** Somebody types or stopped: the cache tells which. */
  void typing(long conversation, long user) {
    each(conversation, seat -> {
      if (seat.user() != user) {
        seat.send(
            Map.of("type", "typing", "user", user, "on", presence.isTyping(conversation, user)));
      }
    });
  }

  /** Somebody came. */
  void online(long conversation) {
    each(conversation, this::tellWhoIsOnline);
  }

  /** Tells one seat which members gave a sign of life. */
  void tellWhoIsOnline(Seat seat) {
    Optional<Conversation> conversation = caches.conversation(seat.conversation());
    List<Long> members =
        conversation.map(it -> it.members().stream().map(Person::id).toList()).orElse(List.of());
    seat.send(Map.of("type", "online", "users", presence.online(members)));
  }

  private void each(long conversation, Consumer<Seat> work) {
    for (Seat seat : taken.getOrDefault(conversation, Set.of())) {
      run(() -> work.accept(seat), seat);
    }
  }

  /** Does something for a seat soon. If it fails the browser has to come again, which it does. */
  void run(Runnable work, Seat seat) {
    senders.execute(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        logger.warn("a browser is sent away: {}", e.toString());
        seat.close();
      }
    });
  }

  @Override
  public void destroy() {
    senders.shutdownNow();
  }
}
