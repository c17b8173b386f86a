package tasktracker.platform.web.template;

import java.util.Map;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/** Builds links such as {@code @{/messages}} without a request: the application is always served at the root. */
class RootLinkBuilder extends StandardLinkBuilder {

  @Override
  protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
    return "";
  }

  @Override
  protected String processLink(IExpressionContext context, String link) {
    return link;
  }
}
