"""Files of the site that are not pages: data, the feed, what search engines read."""
