package dev.larder.boottests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.larder.boottests.console.LiveRecords.albums;
import static dev.larder.boottests.console.LiveRecords.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The console behind roles of Spring Security, set up as its documentation says, without a token. */
class RolesIT {

  private static LiveRecords live;

  /** Not a configuration that the other tests' applications would find. */
  @EnableWebSecurity
  static class Guards {

    @Bean
    InMemoryUserDetailsManager users() {
      return new InMemoryUserDetailsManager(
          user("lena", "LOOKER"),
          user("arno", "ACTOR"),
          user("vera", "VALUER"),
          user("ulla", "USER"));
    }

    private static UserDetails user(String name, String role) {
      return User.withUsername(name).password("{noop}secret").roles(role).build();
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(all ->
              all.requestMatchers("/admin/larder/**").permitAll().anyRequest().authenticated())
          .csrf(csrf -> csrf.ignoringRequestMatchers("/admin/larder/**"))
          .formLogin(form -> form.defaultSuccessUrl("/admin/larder/", true))
          .build();
    }
  }

  @BeforeAll
  static void start() {
    live = LiveRecords.guarded(
        Guards.class,
        "--larder.console.role=LOOKER",
        "--larder.console.act-role=ACTOR",
        "--larder.console.value-role=VALUER",
        "--larder.console.actions=true");
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @AfterEach
  void closeWindows() {
    live.closeWindows();
  }

  /** The console as a user of the application sees it, who has logged in to that. */
  private static Page as(String user, String page) {
    Page opened = live.window();
    opened.navigate(live.address() + "login");
    opened.getByLabel("Username").fill(user);
    opened.getByLabel("Password").fill("secret");
    opened.getByRole(AriaRole.BUTTON).first().click();
    opened.waitForURL(live.console().toString());
    opened.navigate(live.console() + "#/" + page);
    return opened;
  }

  /** What the server says to an order that no button sends. */
  private static int orderOfItsOwn(Page page, String slot) {
    return (int) page.evaluate("""
        async slot => {
          const { csrf } = await (await fetch('api/session')).json();
          const answer = await fetch('api/invalidate', { method: 'POST',
            headers: { 'Content-Type': 'application/json', 'X-Larder-Csrf': csrf },
            body: JSON.stringify({ aim: { kind: 'KEY', names: [slot] } }) });
          return answer.status;
        }""", slot);
  }

  @Test
  void whoMayLook_looks_andMayNotAct_norSeeValues() {
    albums(live.first()).get(42L, live.warehouse::album);
    Page page = as("lena", "keys/" + live.slot(42));
    assertThat(page.locator("footer"))
        .containsText("lena from 127.0.0.1 · may look · values are hidden");
    assertThat(page.locator("inspector-page tbody").first()).containsText("fresh");
    assertThat(page.locator("button.danger")).hasCount(0);
    assertThat(button(page, "Show value")).hasCount(0);
    assertThat(orderOfItsOwn(page, live.slot(42))).isEqualTo(403);
    live.forgetComplaints("403");
    assertThat(albums(live.first()).peek(42L).isAnswered()).isTrue();
    page.navigate(live.console() + "#/caches/album");
    assertThat(page.locator("cache-page")).containsText("You may look.");
  }

  @Test
  void whoMayAct_acts_andIsNamed() {
    albums(live.first()).get(43L, live.warehouse::album);
    Page page = as("arno", "keys/" + live.slot(43));
    assertThat(page.locator("footer"))
        .containsText("arno from 127.0.0.1 · may act · values are hidden");
    button(page, "Invalidate…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 stored entry");
    button(page, "Invalidate").click();
    assertThat(page.locator(".done")).isVisible();
    assertThat(albums(live.first()).peek(43L).isAnswered()).isFalse();
    assertThat(page.locator("inspector-page")).containsText("by arno from 127.0.0.1");
  }

  @Test
  void whoMaySeeValues_seesThem_andMayNotAct() {
    albums(live.first()).get(44L, live.warehouse::album);
    Page page = as("vera", "keys/" + live.slot(44));
    assertThat(page.locator("footer")).containsText("may look · sees values");
    button(page, "Show value").click();
    assertThat(page.locator("pre")).containsText("<b>Title</b> 44");
    assertThat(page.locator("button.danger")).hasCount(0);
  }

  @Test
  void userWithoutARole_andSomebodyUnknown_seeNothing() {
    Page page = as("ulla", "overview");
    Locator main = page.locator("main");
    assertThat(main).containsText("This user has none of the roles that may use the console");
    assertThat(page.locator("overview-page")).hasCount(0);
    live.forgetComplaints("403");
    Page unknown = live.window();
    unknown.navigate(live.console().toString());
    assertThat(unknown.locator("main")).containsText("Log in to the application with a role");
    assertThat(unknown.locator("overview-page")).hasCount(0);
    // There is none that would help.
    assertThat(unknown.getByLabel("Token")).hasCount(0);
  }
}
