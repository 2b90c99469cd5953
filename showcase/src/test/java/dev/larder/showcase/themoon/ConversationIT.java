package dev.larder.showcase.themoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.showcase.live.Caller;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Conversations over two instances: nothing is lost, and nothing acknowledged is missing anywhere. */
class ConversationIT {
  private static final long ANN = 11;
  private static final long BEN = 12;
  private static final long EVE = 13;

  private static TwoMoons moons;
  private static Caller annOnOne;
  private static Caller benOnTwo;

  @BeforeAll
  static void start() {
    moons = TwoMoons.shared();
    annOnOne = TwoMoons.caller(moons.one, ANN);
    benOnTwo = TwoMoons.caller(moons.two, BEN);
  }

  private static long newest(Caller caller, long conversation) {
    JsonNode messages =
        caller.get("/api/conversations/" + conversation + "/last").json().path("messages");
    return messages.isEmpty()
        ? 0
        : messages.get(messages.size() - 1).path("number").asLong();
  }

  private static long send(Caller caller, long conversation, String text) {
    Caller.Reply reply = caller.json(
        "POST",
        "/api/conversations/" + conversation + "/messages",
        "{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"" + text + "\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    assertThat(reply.json().path("isEverywhere").asBoolean()).isTrue();
    return reply.json().path("number").asLong();
  }

  /** Each instance has the old end in its own memory when the other writes. */
  @Test
  void send_onOneInstance_isInEveryReadBegunAfterOnTheOther() {
    long id = moons.conversation(ANN, BEN);
    for (int i = 0; i < 60; i++) {
      Caller writer = i % 2 == 0 ? annOnOne : benOnTwo;
      Caller reader = i % 2 == 0 ? benOnTwo : annOnOne;
      newest(reader, id);
      long number = send(writer, id, "message " + i);
      assertThat(newest(reader, id)).as("after message %d", i).isEqualTo(number);
    }
  }

  /** The written end is stored by the writer: the next read sends no statement. */
  @Test
  void send_fillsTheCache() {
    long id = moons.conversation(ANN, 21);
    annOnOne.get("/api/conversations/" + id + "/last");
    send(annOnOne, id, "hello");
    Caller.Reply read = annOnOne.get("/api/conversations/" + id + "/last");
    assertThat(read.statements()).isZero();
    assertThat(read.header("X-Cache")).contains("messages=L1");
  }

  @Test
  void last_isTheNewestFifty() {
    long id = moons.conversation(ANN, 22);
    moons
        .servers
        .jdbc()
        .sql("INSERT INTO themoon.messages (conversation_id, number, sender_id, text)"
            + " SELECT ?, n, ?, 'old ' || n FROM generate_series(1, 80) n")
        .param(id)
        .param(ANN)
        .update();
    moons
        .servers
        .jdbc()
        .sql("UPDATE themoon.conversations SET last_number = 80 WHERE id = ?")
        .param(id)
        .update();
    assertThat(send(annOnOne, id, "new")).isEqualTo(81);
    JsonNode messages =
        annOnOne.get("/api/conversations/" + id + "/last").json().path("messages");
    assertThat(messages.size()).isEqualTo(50);
    assertThat(messages.get(0).path("number").asLong()).isEqualTo(32);
    assertThat(messages.get(49).path("text").asString()).isEqualTo("new");
  }

  /** Writers on both instances at once: numbers without gap, and both caches end up with the database's. */
  @Test
  void send_byManyAtOnce_hasNoGapAndNoStaleEnd() throws Exception {
    long id = moons.conversation(ANN, BEN);
    long before = newest(annOnOne, id);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Caller writer = thread % 2 == 0 ? annOnOne : benOnTwo;
        running.add(threads.submit(() -> IntStream.range(0, 15)
            .mapToObj(i -> {
              long number = send(writer, id, "at once");
              assertThat(newest(writer == annOnOne ? benOnTwo : annOnOne, id))
                  .isGreaterThanOrEqualTo(number);
              return number;
            })
            .toList()));
      }
      List<Long> numbers = new ArrayList<>();
      for (Future<List<Long>> thread : running) {
        numbers.addAll(thread.get());
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(before + 1, before + 60).boxed().toList());
      assertThat(newest(annOnOne, id)).isEqualTo(before + 60);
      assertThat(newest(benOnTwo, id)).isEqualTo(before + 60);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sockets_onTwoInstances_talk() {
    long id = moons.conversation(ANN, BEN);
    long before = newest(annOnOne, id);
    try (Talker ann = Talker.in(moons.one.address(), id, ANN, before);
        Talker ben = Talker.in(moons.two.address(), id, BEN, before)) {
      assertThat(ann.hears("hello").path("instance").asString())
          .isEqualTo(moons.one.address() + "/themoon");
      UUID name = UUID.randomUUID();
      ann.say(name, "can you hear me?");
      JsonNode sent = ann.hears("sent");
      assertThat(sent.path("id").asString()).isEqualTo(name.toString());
      assertThat(sent.path("everywhere").asBoolean()).isTrue();
      JsonNode heard = ben.hears("message");
      assertThat(heard.path("text").asString()).isEqualTo("can you hear me?");
      assertThat(heard.path("number").asLong()).isEqualTo(before + 1);
      assertThat(heard.path("sender").asLong()).isEqualTo(ANN);

      ben.tell("{\"type\":\"typing\",\"on\":true}");
      JsonNode typing = ann.hears("typing");
      assertThat(typing.path("user").asLong()).isEqualTo(BEN);
      assertThat(typing.path("on").asBoolean()).isTrue();
      ben.tell("{\"type\":\"typing\",\"on\":false}");
      ann.hears(frame ->
          frame.path("type").asString().equals("typing") && !frame.path("on").asBoolean());
      assertThat(ben.frames).noneMatch(frame -> frame.path("type").asString().equals("typing"));

      ann.hears(frame ->
          frame.path("type").asString().equals("online") && frame.path("users").size() == 2);
      assertThat(annOnOne.get("/api/conversations/" + id + "/online").json().size())
          .isEqualTo(2);
    }
  }

  /** Comes to the other instance and says what it has: it gets the rest, in order and once. */
  @Test
  void socket_thatComesAgain_getsWhatItMissed() {
    long id = moons.conversation(ANN, BEN);
    long before = newest(annOnOne, id);
    for (int i = 1; i <= 5; i++) {
      send(annOnOne, id, "missed " + i);
    }
    try (Talker ben = Talker.in(moons.two.address(), id, BEN, before + 2)) {
      send(annOnOne, id, "live");
      ben.hears(frame -> frame.path("text").asString("").equals("live"));
      assertThat(ben.numbers()).containsExactly(before + 3, before + 4, before + 5, before + 6);
    }
  }

  /** The answer was lost, so it is sent again, to another instance: it is there once. */
  @Test
  void send_againByTheSameName_isStoredOnce() {
    long id = moons.conversation(ANN, BEN);
    String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"only once\"}";
    String path = "/api/conversations/" + id + "/messages";
    long first = annOnOne.json("POST", path, body).json().path("number").asLong();
    long second = TwoMoons.caller(moons.two, ANN)
        .json("POST", path, body)
        .json()
        .path("number")
        .asLong();
    assertThat(second).isEqualTo(first);
    assertThat(newest(benOnTwo, id)).isEqualTo(first);
  }

  /** The writer dies after its commit: nobody but the bell tells the others' memory. */
  @Test
  void messageOfAnInstanceThatDied_isSeenInMemoryOfTheOthers() {
    long id = moons.conversation(ANN, BEN);
    long before = newest(benOnTwo, id);
    moons
        .servers
        .jdbc()
        .sql(
            "WITH c AS (UPDATE themoon.conversations SET last_number = last_number + 1 WHERE id = ?"
                + " RETURNING id, last_number), m AS (INSERT INTO themoon.messages"
                + " (conversation_id, number, sender_id, text) SELECT id, last_number, ?, 'last words'"
                + " FROM c) SELECT pg_notify('themoon', 'message ' || id || ' ' || last_number) FROM c")
        .param(id)
        .param(ANN)
        .query(row -> {});
    await().untilAsserted(() -> assertThat(newest(benOnTwo, id)).isEqualTo(before + 1));
  }

  @Test
  void stranger_isKeptOut() {
    long id = moons.conversation(ANN, BEN);
    Caller eve = TwoMoons.caller(moons.one, EVE);
    assertThat(eve.get("/api/conversations/" + id + "/last").status()).isEqualTo(404);
    assertThat(eve.get("/api/conversations/" + id + "/messages").status()).isEqualTo(404);
    assertThat(eve.json("POST", "/api/conversations/" + id + "/messages", "{\"text\":\"x\"}")
            .status())
        .isEqualTo(404);
    assertThat(status(() -> Talker.in(moons.one.address(), id, EVE, 0))).isEqualTo(404);
  }

  /** A page of another site would bring the user's cookie along; one of the other instance is ours. */
  @Test
  void socket_ofAPageOfAnotherSite_isRefused() {
    long id = moons.conversation(ANN, BEN);
    assertThat(status(() -> Talker.from("http://elsewhere.example", moons.one.address(), id, ANN)))
        .isEqualTo(403);
    await()
        .until(() -> moons
                .one
                .part(dev.larder.showcase.themoon.chat.Instances.class)
                .alive()
                .size()
            >= 2);
    Talker.from(moons.two.address().toString(), moons.one.address(), id, ANN).close();
  }

  private static int status(org.assertj.core.api.ThrowableAssert.ThrowingCallable connecting) {
    List<Integer> status = new ArrayList<>();
    assertThatThrownBy(connecting).isInstanceOfSatisfying(CompletionException.class, failure -> {
      assertThat(failure.getCause()).isInstanceOf(WebSocketHandshakeException.class);
      status.add(
          ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode());
    });
    return status.get(0);
  }

  @Test
  void send_ofNothingOrTooMuch_isRefused() {
    long id = moons.conversation(ANN, BEN);
    String path = "/api/conversations/" + id + "/messages";
    assertThat(annOnOne.json("POST", path, "{\"text\":\"  \"}").status()).isEqualTo(400);
    assertThat(annOnOne
            .json("POST", path, "{\"text\":\"" + "x".repeat(1001) + "\"}")
            .status())
        .isEqualTo(400);
    try (Talker ann = Talker.in(moons.one.address(), id, ANN, 1_000_000)) {
      ann.tell("{\"type\":\"send\",\"id\":\"" + UUID.randomUUID() + "\",\"text\":\" \"}");
      assertThat(ann.hears("refused").path("why").asString()).contains("1 to 1000 characters");
      ann.tell("no JSON");
      ann.hears(frame -> frame.path("why").asString("").equals("not JSON"));
    }
  }
}
