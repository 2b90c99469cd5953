package dev.larder.showcase.themoon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages, on a narrow screen, by somebody who only reads, types and presses what is there. */
class PagesIT {
  private static final TwoMoons moons = TwoMoons.shared();
  private static final int NARROW = 360;

  private static Locator button(Page page, String name) {
    return page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .first();
  }

  private static void fits(Page page) {
    assertThat((Boolean) page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as(page.url())
        .isTrue();
    assertThat(page.locator("footer .figures")).isVisible();
  }

  @Test
  void visit_fromTheFrontPageToAConversation() {
    String username = moons
        .servers
        .jdbc()
        .sql("SELECT username FROM themoon.users WHERE id = 100")
        .query(String.class)
        .single();
    try (Windows windows = new Windows()) {
      Page page = windows.open(moons.one.address() + "/themoon/", NARROW);
      fits(page);
      page.getByLabel("Username").fill(username);
      button(page, "Log in").click();

      assertThat(page.locator("h1")).hasText("Feed");
      fits(page);
      page.getByLabel("Your post").fill("Seen from a narrow window");
      button(page, "Post").click();
      Locator mine = page.locator(".feed > li").first();
      assertThat(mine.locator(".words")).hasText("Seen from a narrow window");
      mine.locator("button[value=love]").click();

      assertThat(page.locator("h1")).hasText("Post");
      fits(page);
      assertThat(page.locator("button[value=love]")).hasAttribute("aria-pressed", "true");
      assertThat(page.locator("button[value=love]")).containsText("1");
      page.locator("button[value=love]").click();
      assertThat(page.locator("button[value=love]")).containsText("0");
      page.getByLabel("Your comment").fill("I said so");
      button(page, "Comment").click();
      assertThat(page.locator(".comments")).containsText("I said so");
      button(page, "Delete this post").click();
      assertThat(page.locator("main")).not().containsText("Seen from a narrow window");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("People"))
          .click();
      fits(page);
      Locator person = page.locator(".people > li:has(form)").first();
      String before = person.locator("button").first().textContent();
      person.locator("button").first().click();
      assertThat(person.locator("button").first()).not().hasText(before);
      person.locator("button").last().click();

      assertThat(page.locator(".link")).containsText("Live by");
      fits(page);
      page.getByLabel("Your message").fill("Good evening");
      page.keyboard().press("Enter");
      assertThat(page.locator(".messages li:not(.waiting) .said").last()).hasText("Good evening");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Conversations"))
          .click();
      assertThat(page.locator("main")).containsText("Good evening");
      fits(page);
      windows.nothingWasComplainedOf();
    }
  }

  @Test
  void nobody_isSentToLogIn_andAnotherSitesFormIsRefused() {
    Caller nobody = new Caller(java.net.URI.create(moons.one.address() + "/themoon"), Map.of());
    for (String path : new String[] {"/feed", "/people", "/conversations", "/posts/1"}) {
      Reply reply = nobody.get(path);
      assertThat(reply.header("Location")).as(path).endsWith("/login");
    }
    assertThat(nobody
            .with("Origin", "http://elsewhere.example")
            .form("/posts", "text=x")
            .status())
        .isEqualTo(403);
    Caller user = TwoMoons.caller(moons.one, 101);
    assertThat(user.get("/posts/99999999").status()).isEqualTo(404);
    assertThat(user.get("/conversations/99999999").status()).isEqualTo(404);
    assertThat(user.get("/feed?page=0").status()).isEqualTo(400);
  }

  /** Without a script a form sends the message. */
  @Test
  void message_sentByTheForm_isOnThePage() {
    long id = moons.conversation(101, 102);
    Caller user = TwoMoons.caller(moons.one, 101);
    assertThat(user.form("/conversations/" + id, "text=by+the+form").status()).isEqualTo(302);
    assertThat(TwoMoons.caller(moons.two, 102).get("/conversations/" + id).body())
        .contains("by the form");
  }
}
