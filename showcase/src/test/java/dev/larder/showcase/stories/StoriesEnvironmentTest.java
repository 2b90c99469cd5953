package dev.larder.showcase.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.ResourcePropertySource;

/** The variables that operators know set what they are named for. */
class StoriesEnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "CACHE_TTL_USER_PROFILE, larder.ttl.user-profile, 300",
    "CACHE_TTL_STORY_LISTING, larder.ttl.story-listing, 300",
    "CACHE_TTL_SEARCH_RESULTS, larder.ttl.search-results, 300",
    "CACHE_TTL_TRENDING, larder.ttl.trending, 600",
    "CACHE_TTL_DEFAULT, larder.ttl.default, 300",
    "L1_CACHE_MAX_SIZE, larder.caches.default.l1-max-entries, 1000",
    "L1_CACHE_DEFAULT_TTL, larder.caches.default.l1-ttl, 60"
  })
  void variable_setsItsProperty(String variable, String property, String unset) throws IOException {
    assertThat(environment(Map.of()).getProperty(property)).isEqualTo(unset);
    assertThat(environment(Map.of(variable, "77")).getProperty(property)).isEqualTo("77");
  }

  private static StandardEnvironment environment(Map<String, Object> variables) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("variables", variables));
    environment
        .getPropertySources()
        .addLast(new ResourcePropertySource("classpath:stories.properties"));
    return environment;
  }
}
