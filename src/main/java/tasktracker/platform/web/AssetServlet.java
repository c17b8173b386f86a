package tasktracker.platform.web;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves {@link Assets}: hashed addresses for ever, plain ones after asking again. */
public class AssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern ADDRESS = Pattern.compile("/(?:([0-9a-f]{12})/)?([A-Za-z0-9._/-]+)");

  @Inject private transient Assets assets;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Matcher address = ADDRESS.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
    Optional<Assets.Asset> asset = address.matches() ? assets.find(address.group(2)) : Optional.empty();
    if (asset.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    answer(asset.get(), asset.get().hash().equals(address.group(1)), request, response);
  }

  private static void answer(Assets.Asset asset, boolean forEver, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = '"' + asset.hash() + '"';
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", forEver ? "public, max-age=31536000, immutable" : "no-cache");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(asset.mediaType());
    response.setContentLength(asset.bytes().length);
    response.getOutputStream().write(asset.bytes());
  }
}
