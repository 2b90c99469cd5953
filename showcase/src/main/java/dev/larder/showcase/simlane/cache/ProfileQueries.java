package dev.larder.showcase.simlane.cache;

import dev.larder.showcase.simlane.domain.Found;
import dev.larder.showcase.simlane.domain.ProfileDetail;
import dev.larder.showcase.simlane.domain.ProfileLine;
import dev.larder.showcase.simlane.domain.ProfileStats;
import dev.larder.showcase.simlane.source.ProfileSource;
import dev.larder.spring.annotation.Cached;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sim profiles, what they have won, and the search. */
@Component
public class ProfileQueries {
  private final ProfileSource source;

  ProfileQueries(ProfileSource source) {
    this.source = source;
  }

  /** One page, best rating first. */
  @Cached(cache = "profiles_list", key = "{#simulator, #page}", ttl = "15m", tags = Tags.PROFILES)
  public List<ProfileLine> profiles(String simulator, int page) {
    return source.profiles(simulator, page);
  }

  @Cached(
      cache = "profile_detail",
      key = "{#simulator, #identifier}",
      ttl = "5m",
      tags = Tags.PROFILE + "#{#simulator}:#{#identifier}")
  public Optional<ProfileDetail> profile(String simulator, String identifier) {
    return source.profile(simulator, identifier);
  }

  /** Sums over all results, which nobody writes here: its time alone ends it. */
  @Cached(cache = "profile_stats", key = "{#simulator, #identifier}", ttl = "1h")
  public ProfileStats stats(String simulator, String identifier) {
    return source.stats(simulator, identifier);
  }

  /** A profile that was found and is saved ends the search; one that would be found now does not. */
  @Cached(
      cache = "search",
      key = "#words.strip().toLowerCase()",
      ttl = "5m",
      tags =
          "#{#result.profiles().![T(dev.larder.showcase.simlane.cache.Tags).profile(simulator(), identifier())]}")
  public Found search(String words) {
    return source.search(words.strip().toLowerCase(Locale.ROOT));
  }
}
