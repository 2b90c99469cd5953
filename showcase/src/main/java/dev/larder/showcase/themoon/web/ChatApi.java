package dev.larder.showcase.themoon.web;

import dev.larder.showcase.themoon.cache.ChatCaches;
import dev.larder.showcase.themoon.cache.Presence;
import dev.larder.showcase.themoon.chat.Conversations;
import dev.larder.showcase.themoon.domain.Conversation;
import dev.larder.showcase.themoon.domain.ConversationLine;
import dev.larder.showcase.themoon.domain.LastMessages;
import dev.larder.showcase.themoon.domain.Message;
import dev.larder.showcase.themoon.domain.Person;
import dev.larder.showcase.themoon.source.ChatQueries;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Conversations without a socket. */
@RestController
@RequestMapping("/api/conversations")
final class ChatApi {
  private static final int LIST = 50;
  private static final int AT_ONCE = 500;

  private final Conversations conversations;
  private final ChatCaches caches;
  private final ChatQueries queries;
  private final Presence presence;

  ChatApi(Conversations conversations, ChatCaches caches, ChatQueries queries, Presence presence) {
    this.conversations = conversations;
    this.caches = caches;
    this.queries = queries;
    this.presence = presence;
  }

  /** A message to send; {@code id} is the sender's name for it, by which it can be sent again. */
  record Outgoing(@Nullable UUID id, @Nullable String text) {}

  /** The viewer's, the liveliest first. */
  @GetMapping
  List<ConversationLine> all(Viewer viewer) {
    return queries.conversations(viewer.required(), LIST);
  }

  /** The newest 50, with every message acknowledged before. */
  @GetMapping("/{id}/last")
  LastMessages last(@PathVariable long id, Viewer viewer) {
    conversations.of(id, viewer.required());
    return caches.last(id);
  }

  /** What comes after a number, in order, up to 500. */
  @GetMapping("/{id}/messages")
  List<Message> after(
      @PathVariable long id, @RequestParam(defaultValue = "0") long after, Viewer viewer) {
    conversations.of(id, viewer.required());
    return queries.after(id, after, AT_ONCE);
  }

  @PostMapping("/{id}/messages")
  @ResponseStatus(HttpStatus.CREATED)
  Conversations.Sent send(@PathVariable long id, @RequestBody Outgoing body, Viewer viewer) {
    return conversations.send(id, viewer.required(), body.text(), body.id());
  }

  /** Which members gave a sign of life within a minute. */
  @GetMapping("/{id}/online")
  Set<Long> online(@PathVariable long id, Viewer viewer) {
    Conversation conversation = conversations.of(id, viewer.required());
    return presence.online(conversation.members().stream().map(Person::id).toList());
  }
}
