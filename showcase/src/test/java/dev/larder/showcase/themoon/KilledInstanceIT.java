package dev.larder.showcase.themoon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of two instances is killed, really, while people talk: they go on, and nothing is lost. */
class KilledInstanceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long ANN = 31;
  private static final long BEN = 32;
  private static final int MESSAGES = 60;

  private final TwoMoons moons = TwoMoons.shared();
  private final MoonProcess killed = MoonProcess.beside(moons.one);

  @AfterEach
  void close() {
    killed.close();
  }

  private static LocatorAssertions soon(Locator part) {
    return assertThat(part);
  }

  private static Page window(Windows windows, String instance, long conversation, long user) {
    Page page =
        windows.open(instance + "/themoon/conversations/" + conversation + "?as=" + user, 700);
    soon(page.locator(".link")).hasText("Live by " + instance + "/themoon");
    return page;
  }

  private static void say(Page page, String text) {
    page.getByLabel("Your message").fill(text);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send")).click();
  }

  /** Two people in browsers and, on the instance that is killed, a program that sends without pause. */
  @Test
  void instanceKilledWhilePeopleTalk_theyGoOnAndNothingIsLost() {
    long id = moons.conversation(ANN, BEN);
    String one = moons.one.address().toString();
    try (Windows windows = new Windows()) {
      Page both = windows.open(one + "/themoon/two?conversation=" + id, 1300);
      for (int i = 0; i < 2; i++) {
        soon(both.frameLocator("iframe").nth(i).locator(".link")).containsText("Live by");
      }
      Page ann = window(windows, one, id, ANN);
      Page ben = window(windows, killed.address().toString(), id, BEN);
      Locator bens = ann.locator(".messages .said");
      Locator anns = ben.locator(".messages .said");
      soon(ann.locator(".members li.online")).hasCount(2);

      ben.getByLabel("Your message").pressSequentially("still he");
      soon(ann.locator(".typing")).containsText("is typing");
      say(ben, "still here");
      soon(bens.last()).hasText("still here");
      soon(ann.locator(".typing")).isEmpty();
      say(ann, "me too");
      soon(anns.last()).hasText("me too");

      eachOfAStreamIsThereOnceThoughTheInstanceIsKilled();

      say(ben, "said in between");
      say(ann, "where are you?");
      // Which of the living it finds first depends on their ports.
      soon(ben.locator(".link"))
          .hasText(
              Pattern.compile("Live by (" + one + "|" + moons.two.address() + ")/themoon"),
              new LocatorAssertions.HasTextOptions().setTimeout(LIMIT.toMillis()));
      say(ben, "over here");
      for (Page page : List.of(ann, ben)) {
        Locator said = page.locator(".messages li:not(.waiting) .said");
        soon(said).hasCount(5);
        assertThat(said.allTextContents())
            .containsExactlyInAnyOrder(
                "still here", "me too", "said in between", "where are you?", "over here");
        soon(page.locator(".waiting")).hasCount(0);
      }
      windows.nothingWasComplainedOf();
    }
  }

  /** It sends again what it has no answer for. */
  private void eachOfAStreamIsThereOnceThoughTheInstanceIsKilled() {
    long id = moons.conversation(ANN, 33);
    Map<UUID, String> unanswered = new LinkedHashMap<>();
    try (Talker listener = Talker.in(moons.two.address(), id, 33, 0);
        Talker first = Talker.in(killed.address(), id, ANN, 0)) {
      for (int i = 1; i <= MESSAGES; i++) {
        UUID name = UUID.randomUUID();
        unanswered.put(name, "word " + i);
        try {
          first.say(name, "word " + i);
        } catch (CompletionException closed) {
          // It is told of again below.
        }
        if (i == MESSAGES / 2) {
          await().until(() -> first.numbers().size() > MESSAGES / 6);
          killed.kill();
        }
      }
      assertThat(first.closed).succeedsWithin(LIMIT);
      first.frames.stream()
          .filter(frame -> frame.path("type").asString("").equals("sent"))
          .forEach(frame -> unanswered.remove(UUID.fromString(frame.path("id").asString(""))));
      assertThat(unanswered).isNotEmpty().hasSizeLessThan(MESSAGES);
      long has = first.numbers().get(first.numbers().size() - 1);
      try (Talker second = Talker.in(moons.one.address(), id, ANN, has)) {
        unanswered.forEach(second::say);
        await().atMost(LIMIT).untilAsserted(() -> {
          assertThat(listener.numbers()).hasSize(MESSAGES);
          assertThat(first.numbers().size() + second.numbers().size()).isEqualTo(MESSAGES);
        });
      }
      assertThat(listener.numbers())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
      assertThat(listener.texts())
          .containsExactlyInAnyOrderElementsOf(
              LongStream.rangeClosed(1, MESSAGES).mapToObj(i -> "word " + i).toList());
      assertThat(TwoMoons.caller(moons.one, ANN)
              .get("/api/conversations/" + id + "/last")
              .json()
              .path("messages")
              .get(49)
              .path("number")
              .asLong())
          .isEqualTo(MESSAGES);
    }
  }
}
