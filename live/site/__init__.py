"""What the site says of itself: to search engines, to those who share a page, to readers who followed a wrong link."""
