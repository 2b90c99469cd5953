package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.action.ProfileActions;
import dev.larder.showcase.web.Viewer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changing one's own profile. */
@RestController
@RequestMapping("/api/profile")
final class ProfileApi {
  private final ProfileActions profiles;

  ProfileApi(ProfileActions profiles) {
    this.profiles = profiles;
  }

  record Texts(
      @Nullable String displayName,
      @Nullable String bio,
      @Nullable String location) {}

  record Picture(@Nullable String avatar) {}

  record Favourites(@Nullable List<@Nullable String> genres) {}

  @PatchMapping
  Map<String, Object> update(@RequestBody Texts body, Viewer viewer) {
    profiles.update(viewer.required(), body.displayName(), body.bio(), body.location());
    return Map.of("changed", true);
  }

  @PutMapping("/avatar")
  Map<String, Object> avatar(@RequestBody Picture body, Viewer viewer) {
    profiles.avatar(viewer.required(), body.avatar());
    return Map.of("changed", true);
  }

  @PutMapping("/genres")
  Map<String, Object> genres(@RequestBody Favourites body, Viewer viewer) {
    profiles.genres(viewer.required(), body.genres());
    return Map.of("changed", true);
  }
}
