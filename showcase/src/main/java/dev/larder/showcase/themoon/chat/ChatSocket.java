package dev.larder.showcase.themoon.chat;

import dev.larder.showcase.themoon.cache.Presence;
import dev.larder.showcase.themoon.source.ChatQueries;
import dev.larder.showcase.web.Refused;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation over WebSocket, at {@code /socket?conversation=7&after=120}: JSON both ways.
 *
 * <pre>
 * from the browser   {"type":"send","id":"uuid","text":"…"}    answered by sent or refused
 *                    {"type":"typing","on":true}
 *                    {"type":"here"}                            every 20 s; answered by online
 * to the browser     {"type":"hello","instance":url,"instances":[url…]}
 *                    {"type":"message","number":n,"sender":user,"text":"…","at":"…"}
 *                    {"type":"sent","id":"uuid","number":n,"everywhere":true}
 *                    {"type":"refused","id":"uuid","why":"…"}
 *                    {"type":"typing","user":user,"on":true}    {"type":"online","users":[…]}
 * </pre>
 *
 * <p>A browser that comes again, here or to another instance, says with {@code after} what it has, and
 * sends again what was not answered by {@code sent}: nothing is lost and nothing is there twice.
 */
@Component
final class ChatSocket extends TextWebSocketHandler {
  private static final Logger logger = LoggerFactory.getLogger(ChatSocket.class);
  private static final String SEAT = "seat";
  private static final int SEND_LIMIT_MILLIS = 5_000;
  private static final int SEND_BUFFER = 512 * 1024;

  private final Seats seats;
  private final Conversations conversations;
  private final Presence presence;
  private final ChatQueries queries;
  private final Instances instances;

  ChatSocket(
      Seats seats,
      Conversations conversations,
      Presence presence,
      ChatQueries queries,
      Instances instances) {
    this.seats = seats;
    this.conversations = conversations;
    this.presence = presence;
    this.queries = queries;
    this.instances = instances;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    Admission admitted = Admission.of(session);
    Seat seat = new Seat(
        new ConcurrentWebSocketSessionDecorator(session, SEND_LIMIT_MILLIS, SEND_BUFFER),
        admitted.conversation(),
        admitted.user(),
        admitted.after());
    session.getAttributes().put(SEAT, seat);
    seat.send(Map.of(
        "type", "hello",
        "instance", instances.own().url(),
        "instances", instances.alive().stream().map(Instances.Instance::url).toList()));
    // First among those who hear the bell, then what was missed: no gap between the two.
    seats.take(seat);
    seats.run(() -> seat.deliver(queries), seat);
    presence.isHere(seat.user());
    queries.ring("online " + seat.conversation());
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage text) {
    Seat seat = (Seat) Objects.requireNonNull(session.getAttributes().get(SEAT));
    JsonNode frame;
    try {
      frame = JsonMapper.shared().readTree(text.getPayload());
    } catch (JacksonException e) {
      refuse(seat, "", "not JSON");
      return;
    }
    switch (frame.path("type").asString("")) {
      case "send" -> send(seat, frame);
      case "typing" -> {
        presence.types(seat.conversation(), seat.user(), frame.path("on").asBoolean(false));
        queries.ring("typing " + seat.conversation() + " " + seat.user());
      }
      case "here" -> {
        presence.isHere(seat.user());
        seats.tellWhoIsOnline(seat);
      }
      default -> refuse(seat, "", "type must be send, typing or here");
    }
  }

  private void send(Seat seat, JsonNode frame) {
    String id = frame.path("id").asString("");
    UUID clientId = uuid(id);
    if (clientId == null) {
      refuse(seat, id, "id must be a UUID");
      return;
    }
    try {
      Conversations.Sent sent = conversations.send(
          seat.conversation(), seat.user(), frame.path("text").asString(""), clientId);
      seat.send(Map.of(
          "type", "sent", "id", id, "number", sent.number(), "everywhere", sent.isEverywhere()));
    } catch (Refused refused) {
      refuse(seat, id, Objects.toString(refused.getMessage()));
    }
  }

  private static @Nullable UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void refuse(Seat seat, String id, String why) {
    seat.send(Map.of("type", "refused", "id", id, "why", why));
  }

  /** Whatever fails here, the database above all: the browser comes again and sends again. */
  @Override
  public void handleTransportError(WebSocketSession session, Throwable failure) throws Exception {
    logger.debug("a browser is lost: {}", failure.toString());
    if (session.isOpen()) {
      session.close(CloseStatus.SERVER_ERROR);
    }
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    if (session.getAttributes().get(SEAT) instanceof Seat seat) {
      seats.leave(seat);
    }
  }
}
