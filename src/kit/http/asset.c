#include "kit/http/http_inner.h"

#include <string.h>

const struct asset *
asset_find(const struct asset *v, size_t n, struct text path)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = text_compare(text_of(v[mid].path), path);

		if (order == 0)
			return &v[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct asset *
asset_by_path(struct text path)
{
	return asset_find(assets, assets_n, path);
}

const char *
asset_path(const char *name)
{
	for (size_t i = 0; i < assets_n; i++) {
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].path;
	}
	return NULL;
}
