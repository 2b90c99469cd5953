package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.console.ConsoleServlet;
import dev.larder.console.ConsoleSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** What the starter makes of {@code larder.console.*}, without servers. */
@ExtendWith(OutputCaptureExtension.class)
class LarderConsoleAutoConfigurationTest {

  private static final AutoConfigurations OURS =
      AutoConfigurations.of(LarderAutoConfiguration.class, LarderConsoleAutoConfiguration.class);
  private static final String TOKEN = "0123456789abcdef";

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner().withConfiguration(OURS);

  @Test
  void notAskedFor_orNoWebApplication_orNotOnTheClassPath_thereIsNone() {
    runner.run(context -> assertThat(context).doesNotHaveBean(ServletRegistrationBean.class));
    new ApplicationContextRunner()
        .withConfiguration(OURS)
        .withPropertyValues("larder.console.enabled=true")
        .run(context -> assertThat(context).doesNotHaveBean(ConsoleSettings.class));
    runner
        .withPropertyValues("larder.console.enabled=true")
        .withClassLoader(new FilteredClassLoader(ConsoleServlet.class))
        .run(context ->
            assertThat(context).hasNotFailed().doesNotHaveBean(ServletRegistrationBean.class));
  }

  @Test
  void enabledAlone_itIsMountedClosed_andSaysHowToOpenIt(CapturedOutput output) {
    runner.withPropertyValues("larder.console.enabled=true").run(context -> {
      assertThat(context.getBean(ConsoleSettings.class).isOpen()).isFalse();
      assertThat(context.getBean(ServletRegistrationBean.class).getUrlMappings())
          .asString()
          .isEqualTo("[/larder/*]");
    });
    assertThat(output).contains("the console at /larder/ is closed: set larder.console.token");
  }

  @Test
  void configured_itIsAsSaid(CapturedOutput output) {
    runner
        .withPropertyValues(
            "larder.console.enabled=true",
            "larder.console.path=/admin/cache",
            "larder.console.token=" + TOKEN,
            "larder.console.role=look,audit",
            "larder.console.act-role=ops",
            "larder.console.value-role=support",
            "larder.console.actions=true",
            "larder.console.history=1m",
            "larder.console.max-streams=5")
        .run(context -> {
          ConsoleSettings settings = context.getBean(ConsoleSettings.class);
          assertThat(settings.token()).isEqualTo(TOKEN);
          assertThat(settings.viewRoles()).containsExactlyInAnyOrder("look", "audit");
          assertThat(settings.actRoles()).containsExactly("ops");
          assertThat(settings.valueRoles()).containsExactly("support");
          assertThat(settings.allowsActions()).isTrue();
          assertThat(settings.tokenSeesValues()).isFalse();
          assertThat(settings.history()).isEqualTo(Duration.ofMinutes(1));
          assertThat(settings.maxStreams()).isEqualTo(5);
          assertThat(context.getBean(ServletRegistrationBean.class).getUrlMappings())
              .asString()
              .isEqualTo("[/admin/cache/*]");
        });
    assertThat(output)
        .contains("the console is at /admin/cache/, actions on")
        .doesNotContain(TOKEN);
  }

  @Test
  void outOfRange_failsNamingEachProperty_withoutTheToken() {
    runner
        .withPropertyValues(
            "larder.console.enabled=true",
            "larder.console.path=console/*",
            "larder.console.token=secret",
            "larder.console.history=2h",
            "larder.console.max-streams=0")
        .run(context -> assertThat(context.getStartupFailure())
            .hasMessageContaining("larder.console.path=console/*")
            .hasMessageContaining("larder.console.token is not 16 to 512")
            .hasMessageContaining("larder.console.history=PT2H")
            .hasMessageContaining("larder.console.max-streams=0")
            .hasMessageNotContaining("secret"));
  }
}
