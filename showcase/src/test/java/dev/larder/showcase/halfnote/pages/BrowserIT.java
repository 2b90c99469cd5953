package dev.larder.showcase.halfnote.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.live.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser; pictures of them are left in {@code target/pages}. */
class BrowserIT {
  private static final LiveHalfnote halfnote = LiveHalfnote.shared();

  private static Playwright playwright;
  private static Browser browser;
  private static long album;
  private static long review;
  private static long list;
  private static String author;
  private static String reader;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext window;

  @BeforeAll
  static void open() {
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(Chromium.program())
            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    review = halfnote.number("SELECT r.id FROM halfnote.reviews r"
        + " JOIN halfnote.review_comments c ON c.review_id = r.id"
        + " GROUP BY r.id ORDER BY count(*) DESC, r.id LIMIT 1");
    album = halfnote.number("SELECT album_id FROM halfnote.reviews WHERE id = ?", review);
    list = halfnote.number("SELECT l.id FROM halfnote.lists l"
        + " JOIN halfnote.list_items i ON i.list_id = l.id WHERE l.is_public"
        + " GROUP BY l.id ORDER BY count(*) DESC, l.id LIMIT 1");
    author = text("SELECT u.username FROM halfnote.users u"
        + " JOIN halfnote.reviews r ON r.user_id = u.id WHERE r.id = " + review);
    reader = text("SELECT username FROM halfnote.users WHERE id ="
        + " (SELECT follower_id FROM halfnote.follows GROUP BY 1"
        + " HAVING count(*) BETWEEN 10 AND 60 ORDER BY 1 LIMIT 1)");
  }

  private static String text(String sql) {
    return halfnote.jdbc.sql(sql).query(String.class).single();
  }

  @AfterAll
  static void close() {
    browser.close();
    playwright.close();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    window.close();
    assertThat(complaints).isEmpty();
  }

  /** A window that writes down every error of a page and every request to another server. */
  private Page window(int width, ColorScheme colours) {
    window = browser.newContext(new Browser.NewContextOptions()
        .setBaseURL(halfnote.address().toString())
        .setViewportSize(width, 900)
        .setColorScheme(colours));
    Page page = window.newPage();
    page.setDefaultTimeout(30_000);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(halfnote.address() + "/")) {
        complaints.add("asked for " + request.url());
      }
    });
    page.onResponse(response -> {
      if (response.status() >= 400) {
        complaints.add(response.status() + " " + response.url());
      }
    });
    return page;
  }

  private static void logIn(Page page, String username) {
    page.navigate("/halfnote/login");
    page.getByLabel("Username").fill(username);
    button(page, "Log in").click();
    page.waitForURL("**/halfnote/feed");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1_440})
  void everyPage_fitsItsWindowInBothColourSchemes(int width) {
    Page page = window(width, ColorScheme.LIGHT);
    fits(page, "login", "/halfnote/login", width);
    logIn(page, reader);
    fits(page, "feed", "/halfnote/feed", width);
    fits(page, "album", "/halfnote/albums/" + album, width);
    fits(page, "review", "/halfnote/reviews/" + review, width);
    fits(page, "list", "/halfnote/lists/" + list, width);
    fits(page, "profile", "/halfnote/users/" + author, width);
    fits(page, "lists", "/halfnote/users/" + reader + "/lists", width);
    fits(page, "followers", "/halfnote/users/" + author + "/followers", width);
    fits(page, "search", "/halfnote/search?q=a", width);
    fits(page, "settings", "/halfnote/settings", width);
  }

  private static void fits(Page page, String name, String path, int width) {
    page.navigate(path);
    assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
        .as("width of %s in a window of %s", name, width)
        .isLessThanOrEqualTo(width);
    assertThat(page.locator("h1").count()).as("headings of %s", name).isEqualTo(1);
    assertThat(page.locator("img:not([alt])").count())
        .as("pictures without words")
        .isZero();
    assertThat((boolean) page.evaluate(
            "[...document.images].every(it => it.loading == 'lazy' || it.naturalWidth > 0)"))
        .as("pictures of %s", name)
        .isTrue();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      assertThat(brightness(page, "backgroundColor") > brightness(page, "color"))
          .as("dark letters on light paper, %s", name)
          .isEqualTo(colours == ColorScheme.LIGHT);
      if (width == (colours == ColorScheme.LIGHT ? 1_440 : 360)) {
        page.screenshot(new Page.ScreenshotOptions()
            .setPath(Path.of("target", "pages", name + "-" + width + ".png")));
      }
    }
  }

  /** The share of red, which is near that of the others in greys: 0 to 255. */
  private static int brightness(Page page, String property) {
    String colour =
        (String) page.evaluate("getComputedStyle(document.documentElement)." + property);
    return Integer.parseInt(colour.replaceFirst("\\D+(\\d+).*", "$1"));
  }

  @Test
  void likeAndFollow_byClick_showAtOnce() {
    long me = halfnote.newUser("clicker");
    String name = text("SELECT username FROM halfnote.users WHERE id = " + me);
    Page page = window(1_440, ColorScheme.LIGHT);
    logIn(page, name);
    assertThat(page.getByText("Nothing yet.")).isVisible();
    page.navigate("/halfnote/reviews/" + review);
    int likes = Integer.parseInt(page.locator("#likes").textContent());
    button(page, "Like").click();
    assertThat(page.locator("#likes")).hasText(Integer.toString(likes + 1));
    button(page, "Unlike").click();
    assertThat(page.locator("#likes")).hasText(Integer.toString(likes));
    page.getByLabel("Your comment").fill("Clicked & <b>typed</b>");
    button(page, "Comment").click();
    assertThat(page.getByText("Clicked & <b>typed</b>")).isVisible();

    page.navigate("/halfnote/users/" + author);
    button(page, "Follow").click();
    assertThat(button(page, "Unfollow")).isVisible();
    link(page, "Feed").first().click();
    assertThat(page.locator(".feed > li").first()).isVisible();
    page.navigate("/halfnote/users/" + author);
    button(page, "Unfollow").click();
    assertThat(button(page, "Follow")).isVisible();

    button(page, "Log out").click();
    page.waitForURL("**/halfnote/login");
    assertThat(link(page, "Log in")).isVisible();
  }

  @Test
  void demoUser_isOneClickAway() {
    Page page = window(768, ColorScheme.DARK);
    page.navigate("/halfnote");
    page.locator("button.choose").first().click();
    page.waitForURL("**/halfnote/feed");
    assertThat(page.locator(".who")).isVisible();
  }

  @Test
  void keyboard_reachesEverythingInOrderAndIsSeen() {
    long me = halfnote.newUser("typist");
    Page page = window(1_440, ColorScheme.LIGHT);
    logIn(page, text("SELECT username FROM halfnote.users WHERE id = " + me));
    page.navigate("/halfnote/reviews/" + review);
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    assertThat(page.locator(".skip")).isInViewport();
    page.keyboard().press("Enter");
    // Behind the skip link the first Tab lands in the content, not in the head of the page.
    page.keyboard().press("Tab");
    assertThat((boolean) page.evaluate("document.activeElement.closest('main') != null"))
        .isTrue();
    String outline =
        (String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assertThat(outline).isEqualTo("solid");
    boolean liked = false;
    for (int tab = 0; tab < 20 && !liked; tab++) {
      liked = page.evaluate("document.activeElement.textContent").equals("Like");
      page.keyboard().press(liked ? "Enter" : "Tab");
    }
    assertThat(liked).as("the button Like was reached").isTrue();
    assertThat(button(page, "Unlike")).isVisible();
  }

  /** Whoever has the feed open sees what a friend does, without asking. */
  @Test
  void openFeed_showsNewLinesByItself() {
    long me = halfnote.newUser("live");
    long friend = halfnote.newUser("friend");
    assertThat(halfnote
            .user(me)
            .json("PUT", "/halfnote/api/users/" + friend + "/follow", "")
            .status())
        .isLessThan(300);
    Page page = window(900, ColorScheme.LIGHT);
    logIn(page, text("SELECT username FROM halfnote.users WHERE id = " + me));
    page.navigate("/halfnote/feed");
    assertThat(page.locator(".feed li")).hasCount(0);
    String review = "{\"albumId\":" + album + ",\"rating\":7,\"text\":\"Heard it live.\"}";
    assertThat(
            halfnote.user(friend).json("POST", "/halfnote/api/reviews", review).status())
        .isEqualTo(201);
    assertThat(page.locator(".feed li")).hasCount(1);
    assertThat(page.locator(".feed li")).containsText("Heard it live.");
    assertThat(page.locator(".news")).hasText("New lines came in.");
  }
}
