package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.boottests.console.Records.Album;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two instances of the shop on one real Redis and PostgreSQL, and windows of a real Chromium in which
 * somebody looks at the first one's console.
 */
final class LiveRecords implements AutoCloseable {

  static final String TOKEN = "0123456789abcdef0123";
  private static final double PATIENCE = 60_000;
  private static final List<String> OPEN = List.of(
      "--larder.console.token=" + TOKEN,
      "--larder.console.actions=true",
      "--larder.console.token-sees-values=true");
  private static final List<String> PATIENT =
      List.of("--larder.tier-timeout=20s", "--larder.log-timeout=20s");

  final Warehouse warehouse = new Warehouse();
  final EmbeddedRedis redis = EmbeddedRedis.start();
  private final EmbeddedPostgreSql.Database database =
      EmbeddedPostgreSql.shared().newDatabase();
  private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();
  private final List<BrowserContext> windows = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private final List<Class<?>> sources = new ArrayList<>(List.of(Records.class));
  private final List<String> properties;
  private final Playwright playwright;
  private final Browser browser;

  private LiveRecords(List<Class<?>> more, List<String> properties) {
    Path program = chromium();
    sources.addAll(more);
    this.properties = properties;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(program)
            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    nodes.add(another());
    nodes.add(another());
  }

  /** Whoever knows {@link #TOKEN} may do everything; time-outs are as they come. */
  static LiveRecords hasty() {
    return new LiveRecords(List.of(), OPEN);
  }

  /** The same with time-outs that a slow machine does not reach: no hit turns into a miss. */
  static LiveRecords start() {
    return new LiveRecords(
        List.of(), Stream.concat(OPEN.stream(), PATIENT.stream()).toList());
  }

  /**
   * Others say who may do what.
   *
   * @param source beans of the application besides those of {@link Records}
   * @param rights properties of the console
   */
  static LiveRecords guarded(Class<?> source, String... rights) {
    return new LiveRecords(
        List.of(source), Stream.concat(PATIENT.stream(), Stream.of(rights)).toList());
  }

  private static Path chromium() {
    String named = System.getenv().getOrDefault("LARDER_CHROMIUM", "");
    Stream<Path> onPath = Stream.of(
            System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> Stream.of(
                "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of(folder, name)));
    Path found = (named.isEmpty() ? onPath.filter(Files::isExecutable) : Stream.of(Path.of(named)))
        .findFirst()
        .orElse(null);
    String message = "There is no Chromium on the PATH, and LARDER_CHROMIUM names none";
    assumeTrue(found != null || System.getenv("LARDER_NO_INSTALL") == null, message);
    assertThat(found).as(message).isNotNull();
    return found;
  }

  /** One more instance, which its caller closes. */
  ConfigurableApplicationContext another(String... properties) {
    List<String> all = new ArrayList<>(List.of(
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--server.servlet.context-path=/records",
        "--spring.autoconfigure.exclude="
            + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
            + "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration,"
            + "org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration",
        "--spring.datasource.url=" + database.url(),
        "--larder.key-prefix=records",
        "--larder.start-timeout=60s",
        "--larder.session.enabled=false",
        "--larder.console.enabled=true",
        "--larder.console.path=/admin/larder",
        "--REDIS_URL=" + redis.uri()));
    all.addAll(this.properties);
    all.addAll(List.of(properties));
    SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("warehouse", warehouse));
    return application.run(all.toArray(String[]::new));
  }

  /** The instance whose console is looked at. */
  ConfigurableApplicationContext first() {
    return nodes.get(0);
  }

  /** The other one. */
  ConfigurableApplicationContext second() {
    return nodes.get(1);
  }

  /** Both, the first one first. */
  List<ConfigurableApplicationContext> nodes() {
    return List.copyOf(nodes);
  }

  static Larder larder(ConfigurableApplicationContext of) {
    return of.getBean(Larder.class);
  }

  @SuppressWarnings("unchecked")
  static Cache<Long, Album> albums(ConfigurableApplicationContext of) {
    return of.getBean("albums", Cache.class);
  }

  @SuppressWarnings("unchecked")
  static Cache<Long, String> artists(ConfigurableApplicationContext of) {
    return of.getBean("artists", Cache.class);
  }

  @SuppressWarnings("unchecked")
  static Cache<Long, Long> prices(ConfigurableApplicationContext of) {
    return of.getBean("prices", Cache.class);
  }

  /** The key of an album as stores and operators have it. */
  String slot(long album) {
    return larder(first()).batch().key(albums(first()), album).change().keys().get(0);
  }

  /** Where the application is, with a slash at the end. */
  URI address() {
    return URI.create("http://127.0.0.1:"
        + first().getEnvironment().getProperty("local.server.port") + "/records/");
  }

  /** Where its console is, with a slash at the end. */
  URI console() {
    return address().resolve("admin/larder/");
  }

  /** A page of somebody without cookies. */
  Page window() {
    BrowserContext window =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 1000));
    windows.add(window);
    window.setDefaultTimeout(PATIENCE);
    window.onConsoleMessage(message -> {
      // Browsers ask for it where a page, such as a log-in, names none.
      boolean isIcon = message.location().contains("/favicon.ico");
      if (message.type().equals("error") && !isIcon && !message.text().contains("401")) {
        complaints.add(message.text() + " " + message.location());
      }
    });
    window.onWebError(error -> complaints.add(error.error()));
    window.onRequest(request -> {
      if (!request.url().startsWith(address().toString())) {
        outside.add(request.url());
      }
    });
    return window.newPage();
  }

  /** A page of the console, for whoever knows the token, when it shows both instances. */
  Page logIn(String page) {
    Page opened = window();
    opened.navigate(console() + "#/" + page);
    opened.getByLabel("Token").fill(TOKEN);
    button(opened, "Log in").click();
    assertThat(opened.locator("footer")).containsText("may act");
    assertThat(opened.locator("header")).containsText("2 nodes");
    return opened;
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The rows of the table of that caption. */
  static Locator rows(Page page, String caption) {
    return page.locator("table")
        .filter(new Locator.FilterOptions()
            .setHas(page.locator("caption", new Page.LocatorOptions().setHasText(caption))))
        .locator("tbody tr");
  }

  /** The one with that text. */
  static Locator row(Locator rows, String text) {
    return rows.filter(new Locator.FilterOptions().setHasText(text));
  }

  /** What the browser complains of where the server says no on purpose. */
  void forgetComplaints(String status) {
    complaints.removeIf(text -> text.contains(status));
  }

  /** Fails if the browser complained of anything or asked another host. */
  void closeWindows() {
    windows.forEach(BrowserContext::close);
    windows.clear();
    List<String> complained = List.copyOf(complaints);
    List<String> asked = List.copyOf(outside);
    complaints.clear();
    outside.clear();
    assertThat(complained).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).close();
    }
    redis.close();
  }
}
